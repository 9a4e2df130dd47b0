import {
  type GaussianMixture,
  gaussianMixture,
  spectralCovariance,
  type TwoGaussians,
} from "@symbreak/core";
import { type Denoiser, exactDenoiser } from "@symbreak/samplers";

/** `pair` along the diagonal of `size` dimensions, with the same deviation across. */
function twoGaussianMixture(
  { mean, deviation, weight = 0.5 }: TwoGaussians,
  size: number,
): GaussianMixture {
  const side = new Float64Array(size).fill(mean / Math.sqrt(size));
  return gaussianMixture({
    weights: [weight, 1 - weight],
    means: [side, side.map((value) => -value)],
    covariances: [deviation ** 2, deviation ** 2],
  });
}

/** {@link twoGaussianMixture} with its exact denoiser and the mean of its data. */
export function twoGaussianDenoiser(
  pair: TwoGaussians,
  size: number,
): { mixture: GaussianMixture; denoiser: Denoiser; mean: Float64Array } {
  const mixture = twoGaussianMixture(pair, size);
  return { mixture, denoiser: exactDenoiser(mixture), mean: mixture.moments().mean };
}

/** A Gaussian with these variances along the axes. */
export function axisGaussian(
  variances: readonly number[],
  mean: readonly number[],
): GaussianMixture {
  const size = variances.length;
  const matrix = new Float64Array(size * size);
  variances.forEach((variance, i) => {
    matrix[i * size + i] = variance;
  });
  return gaussianMixture({
    weights: [1],
    means: [mean],
    covariances: [spectralCovariance(matrix, size)],
  });
}
