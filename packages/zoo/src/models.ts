import type { Model } from "./model.ts";
import { cifar10Classifier } from "./models/cifar10-classifier.ts";
import { fashionMnist } from "./models/fashion-mnist.ts";
import { fashionMnistClassifier } from "./models/fashion-mnist-classifier.ts";
import { mnist } from "./models/mnist.ts";
import { mnist18 } from "./models/mnist-1-8.ts";
import { mnistClassifier } from "./models/mnist-classifier.ts";

/** The models there are. */
export type ModelName =
  | "cifar10-classifier"
  | "fashion-mnist-classifier"
  | "fashion-mnist"
  | "mnist-1-8"
  | "mnist-classifier"
  | "mnist";

/** Made by cli's scripts/zoo/make.ts. */
export const MODELS: Readonly<Record<ModelName, Model>> = {
  "cifar10-classifier": cifar10Classifier,
  "fashion-mnist-classifier": fashionMnistClassifier,
  "fashion-mnist": fashionMnist,
  "mnist-1-8": mnist18,
  "mnist-classifier": mnistClassifier,
  mnist: mnist,
};
