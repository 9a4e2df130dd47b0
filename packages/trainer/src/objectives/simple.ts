import {
  checkKeys,
  type DiscreteSchedule,
  invalid,
  levelAt,
  logSnr,
  type NoiseLevel,
  noiseToSignal,
} from "@symbreak/core";
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
  /** Where times are drawn; everywhere and uniformly by default. */
  readonly times?: {
    /** Only times 0 … below − 1: what is noisier is not trained. */
    readonly below?: number;
    /**
     * In proportion to the information about the data that is lost there, measured along the run (arXiv 2602.18647), with
     * the same loss: "entropic" is mmse/s² a unit of ln s, s = sigma/alpha, the rate of H(x_0 | x_s) (Guo, Shamai & Verdú
     * 2005); "rescaled" is mmse/s, which weighs fine details less. Not with `importance`.
     */
    readonly by?: "entropic" | "rescaled";
  };
}

/** Share of the times that stays uniform, so that no level is forgotten. */
const UNIFORM = 0.1;

/**
 * L_simple (Ho et al. 2020, eq. 14): the plain squared error of the noise, of v, or of the clean sample, at uniform
 * times of a discrete schedule. The network is told the index.
 */
export function simple(options: SimpleOptions): Objective {
  checkKeys("simple", options, ["schedule", "prediction", "minSnr", "importance", "times"]);
  const { schedule, prediction = "epsilon", minSnr, importance = false, times = {} } = options;
  checkKeys("simple", times, ["below", "by"]);
  const { below = schedule.steps, by } = times;
  if (minSnr !== undefined && !(minSnr > 0))
    throw invalid("simple", "minSnr must be positive", minSnr);
  if (!(Number.isInteger(below) && below >= 1 && below <= schedule.steps))
    throw invalid("simple", `times.below must be in 1 … ${schedule.steps}`, below);
  if (importance && by !== undefined)
    throw invalid("simple", "times.by must not be given with importance, which is another", by);
  const weight = (level: NoiseLevel): number => {
    if (minSnr === undefined) return 1;
    const snr = Math.exp(logSnr(level));
    return noiseErrorPer(prediction, level) * Math.min(1, minSnr / snr);
  };
  const name = [
    `simple ${prediction}`,
    minSnr === undefined ? "" : `min-SNR ${minSnr}`,
    importance ? "importance-sampled times" : "",
    by === undefined ? "" : `${by} times`,
    below === schedule.steps ? "" : `below ${below}`,
  ];
  return denoising({
    name: name.filter(Boolean).join(", "),
    prediction,
    span: below / schedule.steps,
    ...(importance && { times: importanceTimes(below, UNIFORM) }),
    ...(by !== undefined && {
      times: importanceTimes(below, UNIFORM, "mean"),
      observed: (level) => noiseErrorPer(prediction, level) * informationPer(schedule, level, by),
    }),
    level: (fraction) => levelAt(schedule, Math.floor(fraction * schedule.steps)),
    weight,
  });
}

/**
 * Information for an error of 1 of the noise at one index: mmse/s² is just the noise's squared error, and what an index
 * stands for is its share of ln s.
 */
function informationPer(
  schedule: DiscreteSchedule,
  level: NoiseLevel,
  by: "entropic" | "rescaled",
): number {
  const ratioAt = (index: number): number => noiseToSignal(levelAt(schedule, index));
  const { timestep: t } = level;
  const [low, high] = [Math.max(t - 1, 0), Math.min(t + 1, schedule.steps - 1)];
  const width = Math.log(ratioAt(high) / ratioAt(low)) / (high - low);
  return by === "entropic" ? width : width * noiseToSignal(level);
}
