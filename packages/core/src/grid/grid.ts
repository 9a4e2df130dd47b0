import { invalid } from "../invalid.ts";
import { type NoiseLevel, noiseToSignal } from "../level.ts";
import type { ForwardProcess } from "../process/forward-process.ts";
import { LONGEST_CHAIN } from "../schedule/longest-chain.ts";

/**
 * How the steps of a run are laid over a process: a configured value, such as `trailing()` or `karras({ rho: 7 })`.
 */
export interface Grid {
  /** "leading", "karras", …: the name in the table `GRIDS`. */
  readonly name: string;
  /** Its settings as plain JSON. */
  readonly settings: Readonly<Record<string, unknown>>;
  /**
   * The levels that a run of `steps` steps walks through: from the start's level `from` where there is one, otherwise from
   * the grid's own top, down to the end (clean data, in most). A grid that is a list has its own number of steps.
   *
   * @throws RangeError where the process or the number of steps does not fit
   */
  levels(
    process: ForwardProcess | undefined,
    steps: number | undefined,
    from?: NoiseLevel,
  ): readonly NoiseLevel[];
}

/** The number of steps, checked. */
export function checkedSteps(where: string, steps: number | undefined): number {
  if (steps === undefined || !Number.isInteger(steps) || steps < 1)
    throw invalid(where, "steps must be a positive integer", steps);
  if (steps > LONGEST_CHAIN)
    throw invalid(where, `steps must be at most ${LONGEST_CHAIN}, as those of chains`, steps);
  return steps;
}

/** The process, which must be given. */
export function checkedProcess(where: string, process: ForwardProcess | undefined): ForwardProcess {
  if (process === undefined) throw invalid(where, "a process must be given", process);
  return process;
}

/** The levels of a list with less noise than `from`, from which a run begins. */
export function begunAt(from: NoiseLevel, list: readonly NoiseLevel[]): NoiseLevel[] {
  const least = noiseToSignal(from) * (1 - 1e-9);
  return [from, ...list.filter((level) => noiseToSignal(level) < least)];
}
