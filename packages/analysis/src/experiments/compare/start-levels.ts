import {
  discreteSchedule,
  type ForwardProcess,
  isChain,
  levelAt,
  logSnr,
  type NoiseLevel,
} from "@symbreak/core";
import { PAPER_STARTS } from "../../late-start/start-grid.ts";

/**
 * The levels of the paper's grid of starts, cleanest first, on any process: the same indices of a chain of 1000, as much
 * earlier on a shorter chain, and the levels with the same noise on a continuous process.
 */
export function startLevels(process: ForwardProcess): NoiseLevel[] {
  if (isChain(process)) {
    const { steps } = process;
    const indices = PAPER_STARTS.map((start) =>
      Math.min(Math.round((start * steps) / 1000), steps - 1),
    );
    return [...new Set(indices)].map((index) => levelAt(process, index));
  }
  const linear = discreteSchedule();
  return PAPER_STARTS.map((index) => process.timeAt(logSnr(levelAt(linear, index))))
    .filter((time) => time > process.tMin && time <= process.tMax)
    .map((time) => process.level(time));
}
