/**
 * One noise level of any diffusion process: `x_t = alpha · x_0 + sigma · epsilon`, epsilon ~ N(0, I).
 *
 * VP, VE, sub-VP, OU and VDM, and every discrete schedule, are ways to list noise levels; a solver walks the
 * list and never asks where it came from.
 */
export interface NoiseLevel {
  /** Signal amplitude; 1 for clean data, 1 throughout for variance-exploding processes. */
  readonly alpha: number;
  /** Noise standard deviation; 0 for clean data. */
  readonly sigma: number;
  /** What the network is told: a DDPM index, a continuous time or `ln(sigma)/4`, as it was trained. */
  readonly timestep: number;
}

/** Clean data: the level that ends most lists. */
export const CLEAN: NoiseLevel = { alpha: 1, sigma: 0, timestep: -1 };

/** log SNR = ln(alpha²/sigma²), nats; +Infinity for clean data. */
export function logSnr({ alpha, sigma }: Pick<NoiseLevel, "alpha" | "sigma">): number {
  return 2 * (Math.log(alpha) - Math.log(sigma));
}

/** Noise per signal, sigma/alpha: the `sigma` of EDM and k-diffusion. */
export function noiseToSignal({ alpha, sigma }: Pick<NoiseLevel, "alpha" | "sigma">): number {
  return sigma / alpha;
}
