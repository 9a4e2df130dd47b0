import {
  invalid,
  levelAt,
  logSnr,
  type NoiseLevel,
  noiseToSignal,
  processLevels,
  timeGrid,
} from "@symbreak/core";
import type { Grid } from "../grid.ts";

/** A candidate as a level. */
export function placed(at: number | NoiseLevel, grid: Grid): NoiseLevel {
  if (typeof at !== "number") return at;
  if ("schedule" in grid) return levelAt(grid.schedule, at);
  throw invalid("chooseStart", "candidates must be levels where there is no schedule", at);
}

/** Every twentieth part of the schedule, or of the process in log SNR; of a list its noisy levels. */
export function defaultCandidates(grid: Grid): NoiseLevel[] {
  if ("schedule" in grid) {
    const { schedule } = grid;
    const last = schedule.steps - 1;
    const indices = Array.from({ length: 20 }, (_, k) =>
      Math.min(last, Math.round(((k + 1) * schedule.steps) / 20)),
    );
    return descending(indices.map((index) => levelAt(schedule, index)));
  }
  if ("process" in grid)
    return processLevels(grid.process, timeGrid(grid.process, 20, { spacing: "logSnr" }), null);
  const list = typeof grid.levels === "function" ? grid.levels(20, undefined) : grid.levels;
  return list.filter(({ sigma }) => sigma > 0);
}

/** Whether a run of so many steps from here has a grid. */
export function fits(grid: Grid, steps: number | undefined, from: NoiseLevel): boolean {
  if (!("schedule" in grid))
    return !("process" in grid) || grid.process.timeAt(logSnr(from)) > grid.process.tMin;
  return steps === undefined || steps <= from.timestep + 1;
}

/** Noisiest first, each once. */
export function descending(levels: readonly NoiseLevel[]): NoiseLevel[] {
  const sorted = [...levels].sort((a, b) => noiseToSignal(b) - noiseToSignal(a));
  return sorted.filter((level, i) => i === 0 || !same(level, sorted[i - 1]!));
}

/** Whether two levels have the same noise. */
export function same(a: NoiseLevel, b: NoiseLevel): boolean {
  const [noise, other] = [noiseToSignal(a), noiseToSignal(b)];
  return noise === other || Math.abs(noise / other - 1) < 1e-9;
}
