import type { NoiseLevel } from "@symbreak/core";

/** The forward kernel between two levels of one process: `x_from | x_to ~ N(ratio · x_to, variance · I)`. */
export interface Transition {
  /** alpha/alpha', at most 1. */
  readonly ratio: number;
  /** sigma² − ratio² sigma'². */
  readonly variance: number;
}

/**
 * The kernel by which the forward process goes from the cleaner level `to` up to the noisier `from`.
 *
 * Variance-preserving: ratio² = 1 − beta and variance = beta of the DDPM chain. Variance-exploding: 1 and
 * sigma_i² − sigma_{i−1}². So one formula in these two numbers serves every process.
 */
export function transition(from: NoiseLevel, to: NoiseLevel): Transition {
  const ratio = from.alpha / to.alpha;
  const carried = ratio * to.sigma;
  return { ratio, variance: (from.sigma - carried) * (from.sigma + carried) };
}
