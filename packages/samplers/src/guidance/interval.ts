import { type NoiseLevel, noiseToSignal } from "@symbreak/core";

/**
 * Where guidance acts: at levels with at most the noise of `noisiest` and more than that of `cleanest` (Kynkäänniemi et
 * al. 2024: guidance is harmful at high noise and needless at low).
 */
export interface GuidanceInterval {
  readonly noisiest: NoiseLevel;
  readonly cleanest: NoiseLevel;
}

/** Whether guidance acts at this level; everywhere without an interval. */
export function isGuided(level: NoiseLevel, interval: GuidanceInterval | undefined): boolean {
  if (interval === undefined) return true;
  const noise = noiseToSignal(level);
  return noise <= noiseToSignal(interval.noisiest) && noise > noiseToSignal(interval.cleanest);
}
