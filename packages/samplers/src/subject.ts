import {
  defaultGrid,
  type ForwardProcess,
  type Grid,
  invalid,
  type NoiseLevel,
} from "@symbreak/core";
import type { Denoiser } from "./denoiser.ts";
import type { Network } from "./network.ts";
import type { Solver } from "./solver.ts";
import type { Threshold } from "./thresholding.ts";

/** A network, or its parts one by one; what is said beside a network wins. */
export interface SubjectOptions {
  readonly network?: Network | undefined;
  readonly denoiser?: Denoiser | undefined;
  readonly process?: ForwardProcess | undefined;
  readonly grid?: Grid | undefined;
  readonly threshold?: Threshold | null | undefined;
}

/** What a run is of: the denoiser, its process, its grid and its threshold, all resolved. */
export interface Subject {
  readonly denoiser: Denoiser;
  readonly process: ForwardProcess | undefined;
  readonly grid: Grid;
  readonly threshold: Threshold | undefined;
}

/** Resolves the network or its parts; errors are named after `where`. */
export function subjectOf(where: string, options: SubjectOptions): Subject {
  const { network } = options;
  const denoiser = options.denoiser ?? network?.denoiser;
  if (typeof denoiser?.predict !== "function" || !Array.isArray(denoiser.shape))
    throw invalid(where, "a network or a denoiser must be given", denoiser);
  const process = options.process ?? network?.process;
  if (process !== undefined && typeof process.level !== "function")
    throw invalid(where, "process must be a process, such as discreteSchedule() or vp()", process);
  const grid =
    options.grid ??
    (options.process === undefined ? network?.defaults?.grid : undefined) ??
    (process && defaultGrid(process));
  if (grid === undefined)
    throw invalid(where, "a network, a process or a grid of levels must be given", undefined);
  if (typeof grid.levels !== "function")
    throw invalid(where, "grid must be a grid, such as trailing()", grid);
  const threshold =
    options.threshold === undefined
      ? network?.defaults?.threshold
      : (options.threshold ?? undefined);
  // Every function has an `apply`, the unconfigured clip too.
  if (threshold !== undefined && (typeof threshold !== "object" || !("apply" in threshold)))
    throw invalid(where, "threshold must be a configured one, such as clip()", threshold);
  return { denoiser, process, grid, threshold };
}

/** The solver, which must be a configured one: `ddim()`, not `ddim` or "ddim". */
export function checkedSolver(where: string, solver: Solver): Solver {
  if (typeof solver?.walk !== "function")
    throw invalid(where, "solver must be a configured solver, such as ddim()", solver);
  return solver;
}

/** The level of a place given as a level or as a time of the process. */
export function levelOf(
  where: string,
  at: NoiseLevel | number,
  process: ForwardProcess | undefined,
): NoiseLevel {
  if (typeof at !== "number") return at;
  if (process === undefined)
    throw invalid(where, "a place given as a time needs a process; give a NoiseLevel", at);
  return process.level(at);
}
