import { type LoadModel, model } from "../model.ts";
import type { DenoiserCard } from "../model-card.ts";

/** A denoiser of MNIST's digits, 1 × 28 × 28. */
export const load: LoadModel<DenoiserCard> = /* @__PURE__ */ model({
  card: () => new URL("../../models/mnist.json", import.meta.url),
  weights: () => new URL("../../models/mnist.onnx", import.meta.url),
  moments: () => new URL("../../models/mnist.moments", import.meta.url),
});
