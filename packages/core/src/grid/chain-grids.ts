import { checkNumbers } from "../check-numbers.ts";
import { invalid } from "../invalid.ts";
import type { NoiseLevel } from "../level.ts";
import type { ForwardProcess } from "../process/forward-process.ts";
import { type DiscreteSchedule, isChain } from "../schedule/discrete-schedule.ts";
import { levelAt, levels as levelsOf } from "../schedule/levels.ts";
import { type Spacing, timesteps } from "../schedule/timesteps.ts";
import { checkedProcess, checkedSteps, type Grid } from "./grid.ts";

/** Settings of {@link leading}. */
export interface LeadingOptions {
  /** Added to each timestep, as diffusers' steps_offset. Default 0. */
  readonly offset?: number;
}

/** Timesteps k·⌊T/n⌋ of a chain: the last is the cleanest level, the first falls short of the top. */
export function leading(options: LeadingOptions = {}): Grid {
  checkNumbers("leading", options, ["offset"]);
  const { offset = 0 } = options;
  return chainGrid("leading", offset === 0 ? {} : { offset }, offset);
}

/** Timesteps T − k·T/n − 1 of a chain: from the top, evenly, not down to 0. */
export function trailing(): Grid {
  return chainGrid("trailing", {});
}

/** Timesteps 0 … T − 1 of a chain, both included, evenly. */
export function linspaced(): Grid {
  return chainGrid("linspace", {});
}

/**
 * A spacing of timesteps on a chain. From a start below the top every one of them is the grid of Raya & Ambrogioni 2023,
 * ⌊linspace(0, s, n)⌋, one network call a timestep.
 */
function chainGrid(
  name: Exclude<Spacing, "late">,
  settings: Readonly<Record<string, unknown>>,
  offset: number = 0,
): Grid {
  return {
    name,
    settings,
    levels(process, steps, from) {
      const chain = asChain(name, process);
      const count = checkedSteps(name, steps);
      if (from !== undefined) return lateLevels(name, chain, count, from);
      return levelsOf(chain, timesteps(name, count, { steps: chain.steps, offset }));
    },
  };
}

/** The paper's late grid from a level of the chain. */
function lateLevels(
  where: string,
  chain: DiscreteSchedule,
  steps: number,
  from: NoiseLevel,
): NoiseLevel[] {
  const start = from.timestep;
  const own = start >= 0 && start <= chain.steps - 1 ? levelAt(chain, start) : undefined;
  if (own === undefined || !(Math.abs(own.sigma - from.sigma) < 1e-6))
    throw invalid(where, "start.level must be a level of the schedule", JSON.stringify(from));
  if (steps > start + 1)
    throw invalid(
      where,
      `steps must be at most ${Math.floor(start) + 1} from timestep ${start}`,
      steps,
    );
  const grid = timesteps("late", steps, { steps: chain.steps, start });
  return [from, ...levelsOf(chain, grid.slice(1))];
}

function asChain(where: string, process: ForwardProcess | undefined): DiscreteSchedule {
  const given = checkedProcess(where, process);
  if (!isChain(given))
    throw invalid(
      where,
      "the process must be a discrete chain (take even() or karras())",
      given.name,
    );
  return given;
}
