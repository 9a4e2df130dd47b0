import { invalid, type Landscape, type NoiseLevel } from "@symbreak/core";

/**
 * One of the three landscapes that split (see `Landscape` of core), of the variance-preserving process.
 *
 * Each is flat where x = gain · E[x_0 | x], and unstable where the posterior variance of x_0 in some direction exceeds
 * `criticalVariance`: by the second-order Tweedie formula −∇∇ ln p = I/sigma² − alpha² Cov(x_0|x)/sigma⁴.
 */
export interface LandscapeRule {
  /** By alphaBar. */
  readonly gain: (alphaBar: number) => number;
  readonly criticalVariance: (alphaBar: number) => number;
  /** Curvature along a direction of posterior variance `variance`, per unit of beta. */
  readonly curvature: (variance: number, alphaBar: number) => number;
  /** Where a symmetric centre of equal-norm data with top variance `lambda` turns unstable: its posterior is the prior. */
  readonly equalNormLaw: (lambda: number) => number;
  /** The same for Gaussian data, whose posterior variance is λ sigma²/(alpha² λ + sigma²); null where it never does. */
  readonly gaussianLaw: (lambda: number) => number | null;
}

/** −∇∇ ln p along a direction of posterior variance v. */
const precision = (v: number, a: number): number => (1 - a - a * v) / (1 - a) ** 2;

export const LANDSCAPES: Readonly<Record<Landscape, LandscapeRule>> = {
  /** u/beta = −x²/4 − ln p, of the generative SDE. */
  potential: {
    gain: (a) => (2 * Math.sqrt(a)) / (1 + a),
    criticalVariance: (a) => ((1 - a) * (1 + a)) / (2 * a),
    curvature: (v, a) => precision(v, a) - 0.5,
    equalNormLaw: (lambda) => 1 / (Math.hypot(1, lambda) + lambda),
    gaussianLaw: (lambda) => (lambda > 2 ? 1 / (lambda - 1) : null),
  },
  /** −ln p. */
  density: {
    gain: (a) => Math.sqrt(a),
    criticalVariance: (a) => (1 - a) / a,
    curvature: precision,
    equalNormLaw: (lambda) => 1 / (1 + lambda),
    gaussianLaw: () => null,
  },
  /** −x²/4 − ½ ln p, of the probability-flow ODE. */
  drift: {
    gain: (a) => 1 / Math.sqrt(a),
    criticalVariance: (a) => 1 - a,
    curvature: (v, a) => 0.5 * (precision(v, a) - 1),
    equalNormLaw: (lambda) => Math.max(0, 1 - lambda),
    gaussianLaw: (lambda) => (lambda > 1 ? 0 : null),
  },
};

/** A level read as one of the variance-preserving process with the same signal per noise: x = scale · x of that process. */
export interface PreservingLevel {
  readonly alphaBar: number;
  /** alpha and sigma of that process; what the network is told is the level's own. */
  readonly level: NoiseLevel;
  /** √(alpha² + sigma²) of the level as given. */
  readonly scale: number;
}

/**
 * Landscapes belong to the variance-preserving SDE. Any other process is one of those whose state is scaled by
 * √(alpha² + sigma²); throws where there is no signal or no noise.
 */
export function preserving(where: string, given: NoiseLevel): PreservingLevel {
  const { alpha, sigma, timestep } = given;
  if (!(alpha > 0 && sigma > 0 && alpha + sigma < Infinity))
    throw invalid(where, "levels must have signal and noise", { alpha, sigma });
  const square = alpha * alpha + sigma * sigma;
  // Float32 tables miss 1 by 1e-7.
  if (Math.abs(square - 1) < 1e-5) return { alphaBar: alpha * alpha, level: given, scale: 1 };
  const scale = Math.sqrt(square);
  return {
    alphaBar: (alpha * alpha) / square,
    level: { alpha: alpha / scale, sigma: sigma / scale, timestep },
    scale,
  };
}

/** The factor of a landscape's fixed points, x = gain · E[x_0 | x], at a level of any process. */
export function gainAt(where: string, landscape: Landscape, level: NoiseLevel): number {
  const { alphaBar, scale } = preserving(where, level);
  return scale * LANDSCAPES[landscape].gain(alphaBar);
}
