import { type LoadModel, model } from "../model.ts";
import type { ClassifierCard } from "../model-card.ts";

/** A classifier of CIFAR-10's ten classes, 3 × 32 × 32. */
export const load: LoadModel<ClassifierCard> = /* @__PURE__ */ model({
  card: () => new URL("../../models/cifar10-classifier.json", import.meta.url),
  weights: () => new URL("../../models/cifar10-classifier.onnx", import.meta.url),
});
