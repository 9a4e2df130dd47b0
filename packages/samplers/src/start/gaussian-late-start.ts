import {
  gaussian,
  invalid,
  type Moments,
  type Noise,
  type NoiseLevel,
  type Samples,
} from "@symbreak/core";
import type { Start } from "./start.ts";

/**
 * The Gaussian late start of Raya & Ambrogioni 2023: begin at a level in the middle, from the Gaussian that has the mean
 * and covariance of the noised data there, N(alpha μ, alpha² C + sigma² I).
 *
 * Exact in closed form at every level from the one decomposition in `moments` (the authors estimate it from noised
 * images, at eleven levels): full, low rank + isotropic, at O(d·k) a sample and no d × d matrix, or diagonal.
 *
 * Same seed, same picture: a sample is alpha μ + (alpha² C + sigma² I)^{1/2} z with the symmetric root and the seed's
 * own z. That is the Gaussian probability flow from pure noise (alpha → 0) down to the level, so starts from one seed at
 * different levels lie on one trajectory, and a full run from z passes close to all of them. To continue a run that began
 * at a finite level, use {@link gaussianFlow}.
 *
 * @param at a level, or a time of the run's process (an index of a chain)
 * @example sample({ denoiser, process: discreteSchedule(), solver: ddim(), steps: 3, start: gaussianLateStart(moments, 400) })
 */
export function gaussianLateStart(moments: Moments, at: NoiseLevel | number): Start {
  const law = gaussian(moments);
  return {
    name: "late",
    at,
    units: moments.units,
    begin(level, size) {
      if (size !== moments.size)
        throw invalid("gaussianLateStart", `moments must be of ${size} values`, moments.size);
      return (count: number, noise: Noise) => law.sample(count, noise, level);
    },
  };
}

/**
 * The closed-form first part of a deterministic run: the probability flow of Gaussian data with these moments,
 * `x_s = alpha_s μ + C_s^{1/2} C_T^{-1/2} (x − alpha_T μ)`.
 *
 * Unlike {@link gaussianLateStart} it starts from the given `x` at `from`: for z ~ N(0, I) at the top of a schedule it is
 * what infinitely many steps would make of that very z, the small error of N(0, I) as a start included. Use it to compare
 * image by image with a run from `from`; use the late start for its exact distribution.
 *
 * @example const x400 = gaussianFlow(moments, x999, levelAt(schedule, 999), levelAt(schedule, 400))
 */
export function gaussianFlow(
  moments: Moments,
  x: Samples,
  from: NoiseLevel,
  to: NoiseLevel,
): Float64Array {
  return gaussian(moments).flow(x, from, to);
}
