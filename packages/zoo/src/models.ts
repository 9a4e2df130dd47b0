import type { Model } from "./model.ts";
import { fashionMnistClassifier } from "./models/fashion-mnist-classifier.ts";
import { mnistClassifier } from "./models/mnist-classifier.ts";

/** The models there are. */
export type ModelName = "fashion-mnist-classifier" | "mnist-classifier";

/** Made by cli's scripts/zoo/make.ts. */
export const MODELS: Readonly<Record<ModelName, Model>> = {
  "fashion-mnist-classifier": fashionMnistClassifier,
  "mnist-classifier": mnistClassifier,
};
