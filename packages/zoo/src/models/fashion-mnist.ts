import { type LoadModel, model } from "../model.ts";
import type { DenoiserCard } from "../model-card.ts";

/** A denoiser of Fashion-MNIST's clothes, 1 × 28 × 28. */
export const load: LoadModel<DenoiserCard> = /* @__PURE__ */ model({
  card: () => new URL("../../models/fashion-mnist.json", import.meta.url),
  weights: () => new URL("../../models/fashion-mnist.onnx", import.meta.url),
  moments: () => new URL("../../models/fashion-mnist.moments", import.meta.url),
});
