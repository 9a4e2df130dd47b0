import { invalid } from "./invalid.ts";

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

/**
 * Checks a level that may come out of a file.
 *
 * @throws RangeError naming `where`, unless alpha and sigma are finite, not negative and not both 0, and the timestep is finite
 */
export function checkLevel(where: string, level: NoiseLevel): void {
  const { alpha, sigma, timestep } = level ?? {};
  const sound = [alpha, sigma, timestep].every(Number.isFinite) && alpha >= 0 && sigma >= 0;
  if (!sound || alpha + sigma === 0)
    throw invalid(
      where,
      "a level must have alpha ≥ 0, sigma ≥ 0, not both 0, and a timestep",
      level,
    );
}

/** log SNR = ln(alpha²/sigma²), nats; +Infinity for clean data. */
export function logSnr({ alpha, sigma }: Pick<NoiseLevel, "alpha" | "sigma">): number {
  return 2 * (Math.log(alpha) - Math.log(sigma));
}

/** Noise per signal, sigma/alpha: the `sigma` of EDM and k-diffusion. */
export function noiseToSignal({ alpha, sigma }: Pick<NoiseLevel, "alpha" | "sigma">): number {
  return sigma / alpha;
}
