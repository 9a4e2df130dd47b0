import {
  CLEAN,
  gaussian,
  isotropic,
  type Moments,
  type NoiseLevel,
  type Samples,
  sumOverSpectrum,
} from "@symbreak/core";
import { noiseDeviation } from "../start/noise-start.ts";

/** The Gaussian that ends the flow. */
export interface Prior {
  readonly mean: Float64Array;
  /** Of pure noise at the level, the scale of all the prior's variances. */
  readonly variance: number;
  /** Of the prior's score: minus the trace of its precision. */
  readonly divergence: number;
  logDensity(x: Float64Array): number;
  /** What a network's score at x has over the prior's. */
  excess(at: { readonly x: Float64Array; readonly denoised: Samples }): Float64Array;
}

/** Pure noise at a level, or the Gaussian of noised data with these moments. */
export function priorAt(level: NoiseLevel, size: number, moments: Moments | undefined): Prior {
  const variance = noiseDeviation(level) ** 2;
  const noise = { size, mean: new Float64Array(size), covariance: isotropic(variance) };
  const law = gaussian(moments ?? noise);
  const at = moments === undefined ? CLEAN : level;
  const precision = (v: number) => 1 / (at.alpha ** 2 * v + at.sigma ** 2);
  return {
    mean: law.moments.mean.map((value) => at.alpha * value),
    variance,
    excess({ x, denoised }) {
      const score = law.score(x, at);
      return score.map((own, i) => (level.alpha * denoised[i]! - x[i]!) / level.sigma ** 2 - own);
    },
    divergence: -sumOverSpectrum(law.moments.covariance, size, precision),
    logDensity: (x: Float64Array) => law.logDensity(x, at)[0]!,
  };
}
