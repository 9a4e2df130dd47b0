import { checkKeys, invalid } from "@symbreak/core";

/** What was measured of a network at one moment of its training. */
export interface MeasuredCheckpoint {
  /** Training steps τ. */
  readonly step: number;
  /** Copied share of its samples. */
  readonly memorised: number;
  /** A distance of its samples to the data, lower is better; null where there is none. */
  readonly distance: number | null;
}

/** The two times of a training. */
export interface TrainingTimes {
  /** Where the samples are good: the first step within a factor of the least distance; null without distances. */
  readonly tauGen: number | null;
  /** Where the copied share crosses the threshold for the first time, linear between checkpoints; null if it does not. */
  readonly tauMem: number | null;
}

/** Settings of {@link trainingTimes}. */
export interface TrainingTimesOptions {
  /** Copied share at which τ_mem is called. Default 0.1. */
  readonly threshold?: number;
  /** τ_gen is where the distance has first come within this factor of its least. Default 1.1. */
  readonly within?: number;
}

/**
 * τ_gen, when samples become good, independent of n, and τ_mem ∝ n, when they become copies (Bonnaire, Urfin, Biroli &
 * Mézard 2025, arXiv 2505.17638), from checkpoints in any order.
 */
export function trainingTimes(
  checkpoints: readonly MeasuredCheckpoint[],
  options: TrainingTimesOptions = {},
): TrainingTimes {
  checkKeys("trainingTimes", options, ["threshold", "within"]);
  const { threshold = 0.1, within = 1.1 } = options;
  if (checkpoints.length === 0)
    throw invalid("trainingTimes", "checkpoints must be at least one", checkpoints.length);
  checkTrainingTimes("trainingTimes", { threshold, within });
  const ordered = [...checkpoints].sort((a, b) => a.step - b.step);
  return {
    tauGen: firstGood(ordered, within),
    tauMem: firstCrossing(ordered, threshold),
  };
}

/** Throws unless the threshold lies in (0, 1) and the factor is at least 1. */
export function checkTrainingTimes(
  where: string,
  { threshold, within }: Required<TrainingTimesOptions>,
): void {
  if (!(threshold > 0 && threshold < 1))
    throw invalid(where, "threshold must lie in (0, 1)", threshold);
  if (!(within >= 1)) throw invalid(where, "within must be at least 1", within);
}

function firstGood(points: readonly MeasuredCheckpoint[], within: number): number | null {
  const distances = points.map(({ distance }) => distance ?? Number.NaN);
  const least = Math.min(...distances);
  return points.find((_, k) => distances[k]! <= within * least)?.step ?? null;
}

function firstCrossing(points: readonly MeasuredCheckpoint[], threshold: number): number | null {
  const at = points.findIndex(({ memorised }) => memorised >= threshold);
  const [before, after] = [points[at - 1], points[at]];
  if (after === undefined || before === undefined) return after?.step ?? null;
  const share = (threshold - before.memorised) / (after.memorised - before.memorised);
  return before.step + share * (after.step - before.step);
}
