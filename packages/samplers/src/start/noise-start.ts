import { invalid, type Noise, type NoiseLevel } from "@symbreak/core";
import type { Start } from "./start.ts";

/**
 * Pure noise, the usual start: N(0, I) where the process shrinks the signal (VP, sub-VP, OU), N(0, sigma² I) where
 * it does not (alpha = 1: VE, EDM).
 *
 * Below the top of a schedule this is the late start *without* the Gaussian, the cliff of Raya & Ambrogioni 2023, fig. 2:
 * the missing mean and the wrong variance stay in the samples.
 *
 * @param at a level, or a time of the run's process; default the top of the grid
 */
export function noiseStart(at?: NoiseLevel | number): Start {
  return {
    name: "noise",
    at,
    begin(level, size) {
      if (!(level.sigma > 0))
        throw invalid("noiseStart", "level.sigma must be positive", level.sigma);
      if (!Number.isInteger(size) || size < 1)
        throw invalid("noiseStart", "size must be a positive integer", size);
      const deviation = noiseDeviation(level);
      return (count: number, noise: Noise): Float64Array => {
        const x = new Float64Array(count * size);
        noise(x, size, 0);
        if (deviation !== 1) for (let i = 0; i < x.length; i++) x[i]! *= deviation;
        return x;
      };
    },
  };
}

/** The standard deviation that {@link noiseStart} gives every coordinate. */
export function noiseDeviation({ alpha, sigma }: NoiseLevel): number {
  return alpha === 1 ? sigma : 1;
}
