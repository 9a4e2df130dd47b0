import { checkKeys, type NoiseLevel, type Samples } from "@symbreak/core";
import type { Denoiser } from "../denoiser.ts";
import { honest } from "../quirks.ts";
import type { Solver, Step, WalkOptions } from "../solver.ts";
import { type Churn, checkedChurn, churned } from "./churn.ts";
import { combine } from "./combine.ts";
import { connect } from "./connect.ts";
import type { EulerOptions } from "./euler.ts";
import { checkFinite, straight } from "./sigma-space.ts";

/**
 * Heun's method on the probability flow in sigma space (Karras et al. 2022, algorithm 1; with churn algorithm 2): an
 * Euler step, a second slope at its end, and the step again with their mean.
 *
 * Two network calls a step, one for a step that ends at clean data. Second order.
 */
export function heun(settings: EulerOptions = {}): Solver {
  checkKeys("heun", settings, ["churn"]);
  const churn = checkedChurn("heun", settings.churn ?? {});
  return {
    name: "heun",
    settings: settings.churn === undefined ? {} : { churn },
    stochastic: (churn.amount ?? 0) > 0,
    calls: (steps) => 2 * steps - 1,
    walk: (denoiser, x, levels, options = {}) =>
      heunWalk("heun", churn, denoiser, x, levels, options),
  };
}

/** The walk of {@link heun}, under the name that its errors give. */
export async function* heunWalk(
  name: string,
  churn: Churn,
  denoiser: Denoiser,
  x: Samples,
  levels: readonly NoiseLevel[],
  options: WalkOptions,
): AsyncGenerator<Step, void, undefined> {
  const { relabel = honest } = options.quirks ?? {};
  checkFinite(name, levels);
  const network = connect(name, denoiser, x, levels, options);
  let state = x;
  for (const [i, level] of levels.slice(0, -1).entries()) {
    const next = levels[i + 1]!;
    const start = churned(state, level, levels, churn, network, options);
    const first = await network.estimate(start.x, start.level, i);
    state = straight(start.x, first.epsilon, ...relabel(i, 0, start.level, next));
    let { denoised } = first;
    if (next.sigma > 0) {
      const second = await network.estimate(state, next, i);
      const slope = combine([1 / 2, first.epsilon], [1 / 2, second.epsilon]);
      state = straight(start.x, slope, ...relabel(i, 1, start.level, next));
      denoised = second.denoised;
    }
    yield network.reached(state, denoised, next, i);
  }
}
