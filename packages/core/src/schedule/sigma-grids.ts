import { invalid } from "../invalid.ts";
import { CLEAN, type NoiseLevel } from "../level.ts";
import type { DiscreteSchedule } from "./discrete-schedule.ts";
import { levelOfSigma, sigmaAt } from "./levels.ts";
import { linspace } from "./linspace.ts";

/** Ends of a sigma grid, in noise per signal (sigma/alpha). */
export interface SigmaRange {
  readonly sigmaMin: number;
  readonly sigmaMax: number;
}

/** The range of Karras et al. 2022 for data of standard deviation 0.5. */
export const EDM_RANGE: SigmaRange = { sigmaMin: 0.002, sigmaMax: 80 };

/** `count` descending sigmas, even in sigma^(1/rho): Karras et al. 2022, eq. 5. */
export function karrasSigmas(
  count: number,
  { sigmaMin, sigmaMax }: SigmaRange = EDM_RANGE,
  rho = 7,
): Float64Array {
  check("karrasSigmas", count, { sigmaMin, sigmaMax });
  return linspace(sigmaMax ** (1 / rho), sigmaMin ** (1 / rho), count).map((root) => root ** rho);
}

/** `count` descending sigmas in geometric progression: even in ln sigma, that is in log SNR (log-linear). */
export function exponentialSigmas(
  count: number,
  { sigmaMin, sigmaMax }: SigmaRange = EDM_RANGE,
): Float64Array {
  check("exponentialSigmas", count, { sigmaMin, sigmaMax });
  return linspace(Math.log(sigmaMax), Math.log(sigmaMin), count).map(Math.exp);
}

/**
 * The timestep of a chain whose sigma/alpha is `sigma`, by linear interpolation in ln sigma (k-diffusion, diffusers);
 * sigmas beyond the chain give its first or last timestep.
 */
export function timestepOfSigma(schedule: DiscreteSchedule, sigma: number): number {
  if (!(sigma >= 0)) throw invalid("timestepOfSigma", "sigma must not be negative", sigma);
  const last = schedule.steps - 1;
  if (sigma <= sigmaAt(schedule, 0)) return 0;
  if (sigma >= sigmaAt(schedule, last)) return last;
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sigmaAt(schedule, middle) <= sigma) low = middle;
    else high = middle;
  }
  const below = Math.log(sigmaAt(schedule, low));
  const above = Math.log(sigmaAt(schedule, high));
  return low + (Math.log(sigma) - below) / (above - below);
}

/** Variance-preserving levels of descending sigmas (sigma/alpha), then `end`; `timestepOf` is what the network is told. */
export function sigmaLevels(
  sigmas: ArrayLike<number>,
  timestepOf: (sigma: number) => number,
  end: NoiseLevel | null = CLEAN,
): NoiseLevel[] {
  const list = Array.from(sigmas, (sigma) => levelOfSigma(sigma, timestepOf(sigma)));
  return end === null ? list : [...list, end];
}

/** EDM's levels of descending sigmas: alpha = 1, and the network is told ln(sigma)/4. */
export function edmLevels(sigmas: ArrayLike<number>, end: NoiseLevel | null = CLEAN): NoiseLevel[] {
  const list = Array.from(sigmas, (sigma) => ({ alpha: 1, sigma, timestep: Math.log(sigma) / 4 }));
  return end === null ? list : [...list, end];
}

function check(where: string, count: number, { sigmaMin, sigmaMax }: SigmaRange): void {
  if (!Number.isInteger(count) || count < 1)
    throw invalid(where, "count must be a positive integer", count);
  if (!(sigmaMin > 0 && sigmaMax > sigmaMin && sigmaMax < Infinity))
    throw invalid(where, "sigmas must satisfy 0 < sigmaMin < sigmaMax < ∞", [sigmaMin, sigmaMax]);
}
