import {
  type DiscreteSchedule,
  invalid,
  levelAt,
  levels as levelsOf,
  logSnr,
  type NoiseLevel,
  noiseToSignal,
  type Process,
  processLevels,
  type Spacing,
  timeGrid,
  timesteps,
} from "@symbreak/core";

/** Where the noise levels of a run come from: a chain, a process, or a list of one's own. */
export type Grid = ScheduleGrid | ProcessGrid | LevelsGrid;

/** The levels of a DDPM-like chain. */
export interface ScheduleGrid {
  readonly schedule: DiscreteSchedule;
  /** How a run from the top is spaced; default "leading". One from a start below it is spaced "late". */
  readonly spacing?: Exclude<Spacing, "late">;
}

/** The levels of a continuous process, equally spaced in its time from tMax or the start down to tMin. */
export interface ProcessGrid {
  readonly process: Process;
}

/**
 * Levels of one's own, descending, the last where the run ends. Of a list, a late start keeps what lies below it; a
 * function lays as many steps as it is asked for from the start's level, or from its own top when there is none.
 */
export interface LevelsGrid {
  readonly levels:
    | readonly NoiseLevel[]
    | ((steps: number, from: NoiseLevel | undefined) => readonly NoiseLevel[]);
}

/**
 * The levels that a run of `steps` steps walks through: from the start's level `from` where it has one, otherwise from the
 * top of the grid, down to clean data (a list: to its end).
 *
 * On a schedule a late start takes the paper's grid, ⌊linspace(0, s, n)⌋, one network call a timestep.
 */
export function gridLevels(
  grid: Grid,
  steps: number | undefined,
  from?: NoiseLevel,
): readonly NoiseLevel[] {
  const { levels } = grid as Partial<LevelsGrid>;
  if (typeof levels === "object")
    return from === undefined ? levels : [from, ...below(levels, from)];
  if (steps === undefined || !Number.isInteger(steps) || steps < 1)
    throw invalid("sample", "steps must be a positive integer", steps);
  if (levels !== undefined)
    return from === undefined ? levels(steps, from) : begunAt(from, levels(steps, from));
  if ("process" in grid) {
    const { process } = grid;
    const start = from === undefined ? process.tMax : process.timeAt(logSnr(from));
    const walked = processLevels(process, timeGrid(process, steps, { start }));
    return from === undefined ? walked : [from, ...walked.slice(1)];
  }
  if (!("schedule" in grid))
    throw invalid("sample", "one of schedule, process and levels must be given", Object.keys(grid));
  const { schedule, spacing = "leading" } = grid;
  if (from === undefined)
    return levelsOf(schedule, timesteps(spacing, steps, { steps: schedule.steps }));
  return lateLevels(schedule, steps, from);
}

function lateLevels(schedule: DiscreteSchedule, steps: number, from: NoiseLevel): NoiseLevel[] {
  const start = from.timestep;
  const own = start >= 0 && start <= schedule.steps - 1 ? levelAt(schedule, start) : undefined;
  if (own === undefined || !(Math.abs(own.sigma - from.sigma) < 1e-6))
    throw invalid("sample", "start.level must be a level of the schedule", JSON.stringify(from));
  if (steps > start + 1)
    throw invalid(
      "sample",
      `steps must be at most ${Math.floor(start) + 1} from timestep ${start}`,
      steps,
    );
  const grid = timesteps("late", steps, { steps: schedule.steps, start });
  return [from, ...levelsOf(schedule, grid.slice(1))];
}

/** Levels that a function laid from `from`, less the rounding of their first. */
function begunAt(from: NoiseLevel, levels: readonly NoiseLevel[]): NoiseLevel[] {
  const [first, ...rest] = levels;
  if (first === undefined || !(Math.abs(noiseToSignal(first) / noiseToSignal(from) - 1) < 1e-6))
    throw invalid("sample", "levels must begin at the start's level", JSON.stringify(first));
  return [from, ...rest];
}

/** The levels of a list with less noise than `from`. */
function below(list: readonly NoiseLevel[], from: NoiseLevel): NoiseLevel[] {
  return list.filter((level) => noiseToSignal(level) < noiseToSignal(from) * (1 - 1e-9));
}
