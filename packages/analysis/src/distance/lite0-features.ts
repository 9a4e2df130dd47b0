import { invalid } from "@symbreak/core";
import type { OnnxSession, OnnxTensor, OnnxTensorConstructor } from "@symbreak/samplers";
import { imageCount } from "./image-count.ts";
import type { ImageFeatures } from "./image-features.ts";

/** What {@link lite0Features} needs of the runtime. */
export interface Lite0Options<Tensor extends OnnxTensor> {
  /** `ort.Tensor`, of the runtime that made the session. */
  readonly Tensor: OnnxTensorConstructor<Tensor>;
  /** Images in one run of the session. Default 64. */
  readonly batch?: number;
}

const SIZE = 192;

/**
 * EfficientNet-Lite0's sixth stage at 64 × 64 (Tan and Le 2019): 192 features of grey or colour images of any size, by which a
 * Fréchet distance tells images from the Gaussian with their moments, which principal components of pixels do not.
 *
 * The resize, the repetition of grey and the network's own units are in the file of `zoo:lite0`.
 *
 * @example
 * const { weights } = await load(); // of "@symbreak/zoo/lite0"
 * const session = await ort.InferenceSession.create(await weights());
 * const extractor = lite0Features(session, { Tensor: ort.Tensor });
 */
export function lite0Features<Tensor extends OnnxTensor>(
  session: OnnxSession<Tensor>,
  { Tensor, batch = 64 }: Lite0Options<Tensor>,
): ImageFeatures {
  if (!Number.isInteger(batch) || batch < 1)
    throw invalid("lite0Features", "batch must be a positive integer", batch);
  return {
    name: "lite0",
    size: SIZE,
    description:
      "EfficientNet-Lite0 after its sixth stage, 192 features: 8 bits, grey repeated, bilinear to 64 × 64 without smoothing, (g − 127)/128",
    async features(images, shape) {
      const count = imageCount("lite0Features", images, shape);
      const size = images.length / count;
      const out = new Float32Array(count * SIZE);
      for (let first = 0; first < count; first += batch) {
        const last = Math.min(first + batch, count);
        const values = Float32Array.from(
          images.subarray(first * size, last * size),
          (byte) => byte / 127.5 - 1,
        );
        const sample = new Tensor("float32", values, [last - first, ...shape]);
        const { features } = await session.run({ sample });
        const found = features?.data;
        if (!(found instanceof Float32Array) || found.length !== (last - first) * SIZE)
          throw invalid(
            "lite0Features",
            `session must return "features", ${SIZE} float32 numbers an image: is it of zoo:lite0?`,
            features?.dims,
          );
        out.set(found, first * SIZE);
      }
      return out;
    },
  };
}
