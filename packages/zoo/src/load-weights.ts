import { checkedBytes } from "./checked-bytes.ts";
import type { Model } from "./model.ts";
import { MODELS } from "./models.ts";

/**
 * A model's ONNX file, for onnxruntime's `InferenceSession.create`: read from beside this module in Node, fetched in
 * browsers, and checked against the card's SHA-256.
 *
 * @throws RangeError naming what there is, for an unknown name
 * @throws Error when the file cannot be read, or is not the card's
 */
export async function loadWeights(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const models: Readonly<Record<string, Model>> = MODELS;
  const model = Object.hasOwn(models, name) ? models[name] : undefined;
  if (model === undefined)
    throw new RangeError(
      `loadWeights: name must be one of ${Object.keys(MODELS).join(", ")}, got ${JSON.stringify(name)}`,
    );
  return checkedBytes(model.card, model.weights());
}
