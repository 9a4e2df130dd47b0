import {
  type DiscreteSchedule,
  indexOfSigma,
  invalid,
  levelAt,
  type NoiseLevel,
  type Process,
} from "@symbreak/core";
import { levelOfRatio } from "../solvers/level-between.ts";

/** The noise levels of a process as a function of log SNR, nats: what a solver of free step length asks the network at. */
export type Path = (logSnr: number) => NoiseLevel;

/** The levels of a continuous process. */
export function processPath(process: Process): Path {
  return (logSnr) => process.level(process.timeAt(logSnr));
}

/** The levels of a discrete chain, at fractional timesteps between its own. */
export function schedulePath(schedule: DiscreteSchedule): Path {
  return (logSnr) => {
    const index = indexOfSigma(schedule, Math.exp(-logSnr / 2));
    if (index === undefined || index < -1e-9)
      throw invalid("schedulePath", "logSnr must lie within the schedule", logSnr);
    return levelAt(schedule, Math.max(0, index));
  };
}

/**
 * The levels between those of a descending list, timesteps linear in log SNR: exact for EDM's ln(sigma)/4, near enough for
 * others where the list is fine.
 */
export function levelsPath(levels: readonly NoiseLevel[]): Path {
  if (levels.filter((level) => level.sigma > 0 && level.alpha > 0).length < 2)
    throw invalid(
      "levelsPath",
      "levels must hold at least two with signal and noise",
      levels.length,
    );
  return (logSnr) => levelOfRatio(levels, Math.exp(-logSnr / 2));
}
