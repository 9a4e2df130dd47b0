import type { NoiseLevel } from "@symbreak/core";

/** The level of a chain (descending) with this timestep, or next to it. */
export function levelAtTimestep(chain: readonly NoiseLevel[], timestep: number): NoiseLevel {
  const away = (level: NoiseLevel) => Math.abs(level.timestep - timestep);
  return chain.reduce((best, level) => (away(level) < away(best) ? level : best));
}
