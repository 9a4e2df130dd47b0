import { type LoadModel, model } from "../model.ts";
import type { ClassifierCard } from "../model-card.ts";

/** A classifier of Fashion-MNIST's ten kinds of clothes, 1 × 28 × 28. */
export const load: LoadModel<ClassifierCard> = /* @__PURE__ */ model({
  card: () => new URL("../../models/fashion-mnist-classifier.json", import.meta.url),
  weights: () => new URL("../../models/fashion-mnist-classifier.onnx", import.meta.url),
});
