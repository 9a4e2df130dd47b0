import { type LoadModel, model } from "../model.ts";
import type { DenoiserCard } from "../model-card.ts";

/** A denoiser of MNIST's ones and eights, padded to 1 × 32 × 32: two classes that part. */
export const load: LoadModel<DenoiserCard> = /* @__PURE__ */ model({
  card: () => new URL("../../models/mnist-1-8.json", import.meta.url),
  weights: () => new URL("../../models/mnist-1-8.onnx", import.meta.url),
  moments: () => new URL("../../models/mnist-1-8.moments", import.meta.url),
});
