import { checkKeys, invalid, type NoiseLevel, type Samples } from "@symbreak/core";
import type { Denoiser } from "../denoiser.ts";
import { honest } from "../quirks.ts";
import type { Solver, Step, WalkOptions } from "../solver.ts";
import { adamsBashforth } from "./adams-bashforth.ts";
import { combine } from "./combine.ts";
import { connect } from "./connect.ts";
import { levelOfTimestep } from "./level-between.ts";
import { transfer } from "./transfer.ts";

/** Settings of {@link pndm}. */
export interface PndmOptions {
  /** Start with one improved Euler step (2 calls) instead of Runge–Kutta steps (4 calls each). Default false. */
  readonly skipPrk?: boolean;
  /**
   * How many steps are Runge–Kutta. Default 3, but never the last step, whose end would have to be shown to the
   * network; a number given is obeyed.
   */
  readonly rungeKuttaSteps?: number;
}

/**
 * Pseudo numerical methods (Liu et al. 2022, algorithm 2): Runge–Kutta steps until there is a history, then a linear
 * multistep method, every move being a DDIM transfer. Second order.
 *
 * Network calls for n steps: n + 9 for n ≥ 4, and 1, 5, 9 for n = 1, 2, 3, where the multistep method makes do with a
 * shorter history; with `skipPrk` n + 1 (1 for n = 1).
 */
export function pndm(settings: PndmOptions = {}): Solver {
  checkKeys("pndm", settings, ["skipPrk", "rungeKuttaSteps"]);
  const { skipPrk = false, rungeKuttaSteps } = settings;
  if (rungeKuttaSteps !== undefined && !Number.isInteger(rungeKuttaSteps))
    throw invalid("pndm", "rungeKuttaSteps must be an integer", rungeKuttaSteps);
  return {
    name: "pndm",
    settings: { ...settings },
    stochastic: false,
    calls(steps) {
      if (skipPrk) return steps === 1 ? 1 : steps + 1;
      return steps + 3 * Math.max(0, Math.min(rungeKuttaSteps ?? Math.min(3, steps - 1), steps));
    },
    walk: (denoiser, x, levels, options = {}) =>
      pndmWalk("pndm", settings, denoiser, x, levels, options),
  };
}

/** The walk of {@link pndm}, under the name that its errors give. */
export async function* pndmWalk(
  name: string,
  settings: PndmOptions,
  denoiser: Denoiser,
  x: Samples,
  levels: readonly NoiseLevel[],
  options: WalkOptions,
): AsyncGenerator<Step, void, undefined> {
  const steps = levels.length - 1;
  const { skipPrk = false, rungeKuttaSteps = Math.min(3, steps - 1) } = settings;
  const { table, quirks = {} } = options;
  const { mixOutputs = false, relabel = honest, transfer: along = transfer } = quirks;
  const { midpoint = (from, to) => halfway(table ?? [from, to], from, to) } = quirks;
  const network = connect(name, denoiser, x, levels, options);

  const slope = async (at: Samples, level: NoiseLevel, i: number) => {
    const { prediction } = await network.ask(at, level, i);
    return mixOutputs ? prediction : network.read(prediction, at, level).epsilon;
  };
  let state = x;
  const move = (i: number, stage: number, e: Samples, level: NoiseLevel, next: NoiseLevel) => {
    const [from, to] = relabel(i, stage, level, next);
    return along(state, mixOutputs ? network.read(e, state, from).epsilon : e, from, to);
  };

  const history: Samples[] = [];
  for (const [i, level] of levels.slice(0, -1).entries()) {
    const next = levels[i + 1]!;
    const e1 = await slope(state, level, i);
    let end: ReturnType<typeof move>;
    if (!skipPrk && i < rungeKuttaSteps) {
      const middle = midpoint(level, next);
      const e2 = await slope(move(i, 0, e1, level, middle).x, middle, i);
      const e3 = await slope(move(i, 1, e2, level, middle).x, middle, i);
      const e4 = await slope(move(i, 2, e3, level, next).x, next, i);
      const e = combine([1 / 6, e1], [1 / 3, e2], [1 / 3, e3], [1 / 6, e4]);
      end = move(i, 3, e, level, next);
    } else if (skipPrk && i === 0 && steps > 1) {
      const e2 = await slope(move(i, 0, e1, level, next).x, next, i);
      end = move(i, 1, combine([1 / 2, e1], [1 / 2, e2]), level, next);
    } else end = move(i, 0, adamsBashforth([e1, ...history]), level, next);
    history.unshift(e1);
    history.length = Math.min(history.length, 3);
    state = end.x;
    yield network.reached(state, end.denoised, next, i);
  }
}

function halfway(table: readonly NoiseLevel[], from: NoiseLevel, to: NoiseLevel): NoiseLevel {
  return levelOfTimestep(table, (from.timestep + to.timestep) / 2);
}
