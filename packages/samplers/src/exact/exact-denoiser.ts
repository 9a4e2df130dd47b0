import { type Distribution, invalid, type NoiseLevel, type Samples } from "@symbreak/core";
import type { Denoiser } from "../denoiser.ts";

/**
 * The Bayes-optimal denoiser E[x_0 | x_t] of a distribution: what a perfect network would learn.
 *
 * It predicts the sample, in double precision at every level: the noise would lose digits where there is much of it.
 *
 * @param shape of one sample; default `[distribution.size]`
 * @example exactDenoiser(gaussianMixture({ weights: [1, 1], means: [[1], [-1]], covariances: [0, 0] }))
 */
export function exactDenoiser(
  distribution: Pick<Distribution, "size" | "denoise">,
  shape: readonly number[] = [distribution.size],
): Denoiser {
  if (shape.reduce((product, side) => product * side, 1) !== distribution.size)
    throw invalid("exactDenoiser", `shape must hold ${distribution.size} values`, shape);
  return {
    shape,
    predicts: "sample",
    predict: async (x: Samples, level: NoiseLevel) => distribution.denoise(x, level),
  };
}
