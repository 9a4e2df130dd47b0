import type { NoiseLevel, Samples } from "@symbreak/core";
import type { Denoiser } from "../denoiser.ts";
import type { Step } from "../solver.ts";
import { type Churn, churned } from "./churn.ts";
import { connect } from "./network.ts";
import { checkFinite, straight } from "./sigma-space.ts";
import { honest, type WalkOptions } from "./walk-options.ts";

/** Settings of {@link euler}. */
export interface EulerOptions extends WalkOptions {
  /** Makes it stochastic; needs `noise`. Default none. */
  readonly churn?: Churn;
}

/**
 * Euler's method on the probability flow in sigma space (Karras et al. 2022): X' = X + (s' − s) ε. One network call a
 * step, first order; without churn the same move as DDIM.
 */
export async function* euler(
  denoiser: Denoiser,
  x: Samples,
  levels: readonly NoiseLevel[],
  options: EulerOptions = {},
): AsyncGenerator<Step, void, undefined> {
  const { churn = {}, relabel = honest } = options;
  checkFinite("euler", levels);
  const network = connect("euler", denoiser, x, levels, options);
  let state = x;
  for (const [i, level] of levels.slice(0, -1).entries()) {
    const next = levels[i + 1]!;
    const raised = churned(state, level, levels, churn, network, options);
    const { denoised, epsilon } = await network.estimate(raised.x, raised.level, i);
    state = straight(raised.x, epsilon, ...relabel(i, 0, raised.level, next));
    yield network.reached(state, denoised, next, i);
  }
}
