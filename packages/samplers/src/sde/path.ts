import {
  type ForwardProcess,
  indexOfSigma,
  invalid,
  isChain,
  type NoiseLevel,
} from "@symbreak/core";
import { levelOfRatio } from "../solvers/level-between.ts";

/** The noise levels of a process as a function of log SNR, nats: what a solver of free step length asks the network at. */
export type Path = (logSnr: number) => NoiseLevel;

/** The levels of a process; those of a chain at fractional timesteps between its own. */
export function processPath(process: ForwardProcess): Path {
  if (!isChain(process)) return (logSnr) => process.level(process.timeAt(logSnr));
  return (logSnr) => {
    const index = indexOfSigma(process, Math.exp(-logSnr / 2));
    if (index === undefined || index < -1e-9)
      throw invalid("processPath", "logSnr must lie within the schedule", logSnr);
    return process.level(Math.max(0, index));
  };
}

/** The path of a process that must be given. */
export function pathOf(where: string, process: ForwardProcess | undefined): Path {
  if (process === undefined) throw invalid(where, "a run's process must be given", process);
  return processPath(process);
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
