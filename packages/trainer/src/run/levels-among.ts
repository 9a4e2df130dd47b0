import { CLEAN, type NoiseLevel } from "@symbreak/core";

/**
 * At most `steps` of a list of noise scales, the noisiest and the cleanest among them, evenly by index, then clean data.
 * The network is told the index, so that no level lies between the scales.
 */
export function levelsAmong(sigmas: ArrayLike<number>, steps: number): NoiseLevel[] {
  const count = Math.min(steps, sigmas.length);
  const last = sigmas.length - 1;
  const levels = Array.from({ length: count }, (_, i) => {
    const index = count === 1 ? 0 : Math.round((i * last) / (count - 1));
    return { alpha: 1, sigma: sigmas[index]!, timestep: index };
  });
  return [...levels, CLEAN];
}
