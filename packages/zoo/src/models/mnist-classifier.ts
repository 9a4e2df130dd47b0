import { type LoadModel, model } from "../model.ts";
import type { ClassifierCard } from "../model-card.ts";

/** A classifier of MNIST's digits, 1 × 28 × 28. */
export const load: LoadModel<ClassifierCard> = /* @__PURE__ */ model({
  card: () => new URL("../../models/mnist-classifier.json", import.meta.url),
  weights: () => new URL("../../models/mnist-classifier.onnx", import.meta.url),
});
