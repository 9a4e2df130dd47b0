import { invalid, philoxNoise } from "@symbreak/core";
import { imageCount } from "./image-count.ts";
import type { ImageFeatures } from "./image-features.ts";
import { channelMeans, halved, planesOf, rectified } from "./image-planes.ts";

/** Filters of the three layers; the features are their means, 320 together. */
const FILTERS = [32, 96, 192] as const;
const SIZE = 320;
/** Numbers in a 3 × 3 patch of one channel. */
const PATCH = 9;

/**
 * Features of an untrained network, where there is no file of a trained one: three layers of 3 × 3 convolutions with random
 * filters, ReLU and a 2 × 2 mean, and of each layer the means over the pixels. Means of a nonlinear function of patches tell
 * images from the Gaussian with their moments.
 *
 * On photographs worse than `lite0Features`: of 1000 images of CIFAR-10 the Gaussian is at 11 floors, not 41, and noise of
 * σ = 0.05 of [−1, 1] is not seen at all (docs/measures.md).
 *
 * @throws RangeError for a seed that is no integer from 0
 */
export function randomFeatures({ seed = 0 }: { readonly seed?: number } = {}): ImageFeatures {
  const noise = philoxNoise(seed);
  const layers = (channels: number): Float64Array[] =>
    FILTERS.map((filters, layer) => {
      const inner = PATCH * (layer === 0 ? channels : FILTERS[layer - 1]!);
      const weights = new Float64Array(filters * inner);
      noise(weights, weights.length, layer);
      // He et al. 2015: the signal keeps its size from layer to layer.
      return weights.map((value) => value * Math.sqrt(2 / inner));
    });
  return {
    name: `random${seed}`,
    size: SIZE,
    description: `means over the pixels of three layers (${FILTERS.join(", ")}) of random 3 × 3 filters, seed ${seed}, with ReLU and 2 × 2 means between; 8 bits in [−1, 1]`,
    async features(images, shape) {
      const count = imageCount("randomFeatures", images, shape);
      const [channels, height, width] = shape as [number, number, number];
      if (Math.min(height, width) < 4)
        throw invalid("randomFeatures", "images must be at least 4 × 4", shape);
      const filters = layers(channels);
      const size = images.length / count;
      const out = new Float32Array(count * SIZE);
      for (let n = 0, at = 0; n < count; n++) {
        let planes = planesOf(images.subarray(n * size, (n + 1) * size), [channels, height, width]);
        for (const [layer, weights] of filters.entries()) {
          const seen = rectified(layer === 0 ? planes : halved(planes), weights);
          out.set(channelMeans(seen), at);
          at += seen.channels;
          planes = seen;
        }
      }
      return out;
    },
  };
}
