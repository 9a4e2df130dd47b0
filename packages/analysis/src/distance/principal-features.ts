import { dataOf, invalid } from "@symbreak/core";
import { moments } from "../moments/moments.ts";
import { imageCount } from "./image-count.ts";
import type { ImageFeatures } from "./image-features.ts";
import { pixelProjection } from "./pixel-projection.ts";

/**
 * Features along the principal directions of the real images' features, with the same name: "FD-lite0" is the Fréchet distance
 * on 64 of them. Of n images, the covariance of many features is mostly bias: of 1000 images of CIFAR-10 the Gaussian is at 41
 * floors on 64 directions, at 20 on all 192 features.
 *
 * @param of the network that makes features
 * @param real real images as bytes, more than `directions` of them
 * @param shape of one image, [channels, height, width]
 * @param directions how many are kept. Default 64
 * @throws RangeError where there are not enough images or features for so many directions
 * @example
 * const extractor = await principalFeatures(lite0Features(session, { Tensor }), set.images, set.shape);
 */
export async function principalFeatures(
  of: ImageFeatures,
  real: Uint8Array,
  shape: readonly number[],
  directions: number = 64,
): Promise<ImageFeatures> {
  const where = "principalFeatures";
  const count = imageCount(where, real, shape);
  const most = Math.min(of.size, count - 1);
  if (!Number.isInteger(directions) || directions < 1 || directions > most)
    throw invalid(
      where,
      `directions must be an integer from 1 to ${most}, of ${count} images and ${of.size} features`,
      directions,
    );
  const { size } = of;
  const found = await moments(dataOf(await of.features(real, shape), [size]));
  const { project } = pixelProjection(found, directions);
  return {
    name: of.name,
    size: directions,
    description: `${of.description}; ${directions} principal directions of ${count} real images`,
    async features(images, imageShape) {
      if (imageShape.join() !== shape.join())
        throw invalid(where, `images must be ${shape.join("×")}, as the real ones`, imageShape);
      const { values } = project(dataOf(await of.features(images, shape), [size]));
      return Float32Array.from(values);
    },
  };
}
