import { invalid } from "../invalid.ts";
import { CLEAN, type NoiseLevel } from "../level.ts";
import type { DiscreteSchedule } from "./discrete-schedule.ts";
import { rounding } from "./linspace.ts";

/**
 * The noise level of a timestep of the chain: alpha = √alphaBar, sigma = √(1 − alphaBar).
 *
 * A fractional timestep interpolates sigma/alpha linearly between its neighbours, as Euler and Heun in diffusers do;
 * −1 is clean data. Of a float32 table alpha² and sigma² are the float32 numbers (their roots are not rounded again).
 */
export function levelAt(schedule: DiscreteSchedule, timestep: number): NoiseLevel {
  const { alphaBars, steps, precision } = schedule;
  if (!(timestep >= -1 && timestep <= steps - 1))
    throw invalid(
      "levelAt",
      `timestep must lie in [0, ${steps - 1}], or be −1 for clean`,
      timestep,
    );
  if (timestep === -1) return CLEAN;
  if (Number.isInteger(timestep)) {
    const alphaBar = alphaBars[timestep]!;
    const variance = rounding(precision)(1 - alphaBar);
    return { alpha: Math.sqrt(alphaBar), sigma: Math.sqrt(variance), timestep };
  }
  const below = Math.floor(timestep);
  const low = below < 0 ? 0 : sigmaAt(schedule, below);
  const high = sigmaAt(schedule, below + 1);
  return levelOfSigma(low + (timestep - below) * (high - low), timestep);
}

/** The variance-preserving level with noise-to-signal ratio sigma/alpha = `sigma`. */
export function levelOfSigma(sigma: number, timestep: number): NoiseLevel {
  const alpha = 1 / Math.hypot(1, sigma);
  return { alpha, sigma: sigma === Infinity ? 1 : sigma * alpha, timestep };
}

/**
 * sigma/alpha = √((1 − alphaBar)/alphaBar) at an integer timestep, in the table's precision.
 *
 * Where alphaBar is 0 (zero terminal SNR) 2⁻²⁴ takes its place, as in diffusers' Euler: sigma is 4096, not infinite.
 */
export function sigmaAt({ alphaBars, precision }: DiscreteSchedule, index: number): number {
  const round = rounding(precision);
  const alphaBar = alphaBars[index] || 2 ** -24;
  return round(Math.sqrt(round(round(1 - alphaBar) / alphaBar)));
}

/**
 * The levels that a run walks through: those of `timesteps`, then `end` (clean data unless told otherwise).
 *
 * Timesteps must strictly descend, so that every step removes noise.
 */
export function levels(
  schedule: DiscreteSchedule,
  timesteps: ArrayLike<number>,
  end: NoiseLevel | null = CLEAN,
): NoiseLevel[] {
  const list = Array.from(timesteps, (timestep, i) => {
    if (i > 0 && !(timestep < timesteps[i - 1]!))
      throw invalid("levels", "timesteps must strictly descend", timesteps);
    return levelAt(schedule, timestep);
  });
  return end === null ? list : [...list, end];
}
