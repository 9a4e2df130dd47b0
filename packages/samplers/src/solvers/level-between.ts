import type { NoiseLevel } from "@symbreak/core";

/**
 * The level with noise-to-signal ratio sigma/alpha = `ratio` in a descending table: its timestep is linear in the
 * logarithm of the ratio between neighbours, held to the table's ends.
 */
export function levelOfRatio(table: readonly NoiseLevel[], ratio: number): NoiseLevel {
  const [noisy, clean] = neighbours(table, (level) => level.sigma > ratio * level.alpha);
  const [high, low] = [Math.log(noisy.sigma / noisy.alpha), Math.log(clean.sigma / clean.alpha)];
  const weight = clamp(high === low ? 0 : (high - Math.log(ratio)) / (high - low));
  return scaled(ratio, noisy, clean, weight);
}

/** The level of a timestep between those of a descending table, the logarithm of sigma/alpha linear in the timestep. */
export function levelOfTimestep(table: readonly NoiseLevel[], timestep: number): NoiseLevel {
  const exact = table.find((level) => level.timestep === timestep);
  if (exact) return exact;
  const [noisy, clean] = neighbours(table, (level) => level.timestep > timestep);
  const weight = clamp((noisy.timestep - timestep) / (noisy.timestep - clean.timestep));
  const [high, low] = [Math.log(noisy.sigma / noisy.alpha), Math.log(clean.sigma / clean.alpha)];
  return scaled(Math.exp(high + weight * (low - high)), noisy, clean, weight);
}

/** The last level for which `noisier` holds and the one after it; at the ends of the table its last pair. */
function neighbours(
  table: readonly NoiseLevel[],
  noisier: (level: NoiseLevel) => boolean,
): [NoiseLevel, NoiseLevel] {
  const first = table.findIndex((level) => !noisier(level));
  const last = table.length - (table.at(-1)!.sigma === 0 && table.length > 2 ? 2 : 1);
  const below = Math.min(first === -1 ? last : Math.max(first, 1), last);
  return [table[below - 1]!, table[below]!];
}

/**
 * The ratio as a level, at the scale of its neighbours: alpha where theirs is common (variance exploding), else
 * alpha² + sigma² between theirs (1 when variance preserving).
 */
function scaled(ratio: number, noisy: NoiseLevel, clean: NoiseLevel, weight: number): NoiseLevel {
  const norm = (level: NoiseLevel) => Math.hypot(level.alpha, level.sigma);
  const alpha =
    noisy.alpha === clean.alpha
      ? noisy.alpha
      : (norm(noisy) + weight * (norm(clean) - norm(noisy))) / Math.hypot(1, ratio);
  const timestep = noisy.timestep + weight * (clean.timestep - noisy.timestep);
  return { alpha, sigma: ratio * alpha, timestep };
}

function clamp(weight: number): number {
  return Math.min(1, Math.max(0, weight));
}
