import { type DiscreteSchedule, invalid, levelAt, logSnr, type NoiseLevel } from "@symbreak/core";
import { denoising, noiseErrorPer } from "./denoising.ts";
import type { Objective } from "./objective.ts";

/** Settings of {@link simple}. */
export interface SimpleOptions {
  readonly schedule: DiscreteSchedule;
  /** Default "epsilon". */
  readonly prediction?: "epsilon" | "v" | "sample";
  /** Cuts the weight of clean levels to min(SNR, this)/SNR of the clean sample's error (Hang et al. 2023, who use 5). */
  readonly minSnr?: number;
}

/**
 * L_simple (Ho et al. 2020, eq. 14): the plain squared error of the noise, of v, or of the clean sample, at uniform
 * times of a discrete schedule. The network is told the index.
 */
export function simple({ schedule, prediction = "epsilon", minSnr }: SimpleOptions): Objective {
  if (minSnr !== undefined && !(minSnr > 0))
    throw invalid("simple", "minSnr must be positive", minSnr);
  const weight = (level: NoiseLevel): number => {
    if (minSnr === undefined) return 1;
    const snr = Math.exp(logSnr(level));
    return noiseErrorPer(prediction, level) * Math.min(1, minSnr / snr);
  };
  return denoising({
    name: minSnr === undefined ? `simple ${prediction}` : `simple ${prediction}, min-SNR ${minSnr}`,
    prediction,
    level: (fraction) => levelAt(schedule, Math.floor(fraction * schedule.steps)),
    weight,
  });
}
