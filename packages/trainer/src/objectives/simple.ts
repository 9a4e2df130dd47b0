import { type DiscreteSchedule, invalid, levelAt, logSnr, type NoiseLevel } from "@symbreak/core";
import { denoising, noiseErrorPer } from "./denoising.ts";
import { importanceTimes } from "./importance-times.ts";
import type { Objective } from "./objective.ts";

/** Settings of {@link simple}. */
export interface SimpleOptions {
  readonly schedule: DiscreteSchedule;
  /** Default "epsilon". */
  readonly prediction?: "epsilon" | "v" | "sample";
  /** Cuts the weight of clean levels to min(SNR, this)/SNR of the clean sample's error (Hang et al. 2023, who use 5). */
  readonly minSnr?: number;
  /**
   * Draws times by the size of their weighted errors instead of uniformly (Nichol & Dhariwal 2021): the same loss, with
   * less noise in its gradient. Most levels of the linear schedule are nearly pure noise, where nothing is left to learn.
   */
  readonly importance?: boolean;
}

/** Share of the times that stays uniform, so that no level is forgotten. */
const UNIFORM = 0.1;

/**
 * L_simple (Ho et al. 2020, eq. 14): the plain squared error of the noise, of v, or of the clean sample, at uniform
 * times of a discrete schedule. The network is told the index.
 */
export function simple(options: SimpleOptions): Objective {
  const { schedule, prediction = "epsilon", minSnr, importance = false } = options;
  if (minSnr !== undefined && !(minSnr > 0))
    throw invalid("simple", "minSnr must be positive", minSnr);
  const weight = (level: NoiseLevel): number => {
    if (minSnr === undefined) return 1;
    const snr = Math.exp(logSnr(level));
    return noiseErrorPer(prediction, level) * Math.min(1, minSnr / snr);
  };
  const name = [
    `simple ${prediction}`,
    minSnr === undefined ? "" : `min-SNR ${minSnr}`,
    importance ? "importance-sampled times" : "",
  ];
  return denoising({
    name: name.filter(Boolean).join(", "),
    prediction,
    ...(importance && { times: importanceTimes(schedule.steps, UNIFORM) }),
    level: (fraction) => levelAt(schedule, Math.floor(fraction * schedule.steps)),
    weight,
  });
}
