import { invalid } from "../invalid.ts";

/**
 * The curvature u''/beta of the generative potential along a direction of posterior variance `variance`:
 * −1/2 + 1/(1−a) − a·variance/(1−a)², brought over one denominator so that nothing cancels. At a symmetric centre of
 * equal-norm data the posterior is the prior, and `variance` an eigenvalue of the data covariance.
 */
export function potentialCurvature(variance: number, alphaBar: number): number {
  if (!(variance >= 0))
    throw invalid("potentialCurvature", "variance must not be negative", variance);
  if (!(alphaBar >= 0 && alphaBar < 1))
    throw invalid("potentialCurvature", "alphaBar must lie in [0, 1)", alphaBar);
  return (0.5 * (1 - alphaBar) * (1 + alphaBar) - alphaBar * variance) / (1 - alphaBar) ** 2;
}

/**
 * The instability law: the centre loses its stability at a_c = √(1+λ²) − λ, λ the top eigenvalue of the covariance of
 * centred, equal-norm data (two deltas at ±1: λ = 1, a_c = √2 − 1). Written as 1/(√(1+λ²) + λ): exact for any λ.
 */
export function criticalAlphaBar(lambda: number): number {
  if (!(lambda >= 0)) throw invalid("criticalAlphaBar", "lambda must not be negative", lambda);
  return 1 / (Math.hypot(1, lambda) + lambda);
}

/** The same in OU time, −½ ln a_c = ½ arsinh λ; for large λ it is ½ ln 2λ, later by ½ ln 2 than t_S = ½ ln λ. */
export function criticalOuTime(lambda: number): number {
  if (!(lambda >= 0)) throw invalid("criticalOuTime", "lambda must not be negative", lambda);
  return 0.5 * Math.asinh(lambda);
}
