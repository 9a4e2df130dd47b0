import type { NoiseLevel } from "@symbreak/core";

/** The Gaussian q(x_to | x_from, x0) of any process: mean = ofSample·x0 + ofX·x, and its two classic variances. */
export interface Posterior {
  readonly ofSample: number;
  readonly ofX: number;
  /** The posterior's own variance: beta tilde, "fixed small". */
  readonly small: number;
  /** The variance that the forward step added: beta, "fixed large". */
  readonly large: number;
}

/**
 * Ho et al. 2020, eqs. 6–7, for levels of any process: with a = α/α', beta = σ² − a²σ'², it is
 * mean = α' beta/σ² x0 + a σ'²/σ² x and variance = beta σ'²/σ².
 *
 * `beta` may be given where the difference of nearly equal numbers would lose digits.
 */
export function posterior(from: NoiseLevel, to: NoiseLevel, beta?: number): Posterior {
  const a = from.alpha / to.alpha;
  const variance = from.sigma ** 2;
  const large = beta ?? variance - (a * to.sigma) ** 2;
  const kept = to.sigma ** 2 / variance;
  return { ofSample: (to.alpha * large) / variance, ofX: a * kept, small: large * kept, large };
}
