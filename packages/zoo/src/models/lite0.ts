import { type LoadModel, model } from "../model.ts";
import type { ExtractorCard } from "../model-card.ts";

/** EfficientNet-Lite0's sixth stage: 192 features of any grey or colour image. */
export const load: LoadModel<ExtractorCard> = /* @__PURE__ */ model({
  card: () => new URL("../../models/lite0.json", import.meta.url),
  weights: () => new URL("../../models/lite0.onnx", import.meta.url),
});
