import { checkKeys } from "@symbreak/core";
import { honest } from "../quirks.ts";
import type { Solver } from "../solver.ts";
import { type Churn, checkedChurn, churned } from "./churn.ts";
import { connect } from "./connect.ts";
import { checkFinite, straight } from "./sigma-space.ts";

/** Settings of {@link euler}. */
export interface EulerOptions {
  /** Makes it stochastic; needs `noise`. Default none. */
  readonly churn?: Churn;
}

/**
 * Euler's method on the probability flow in sigma space (Karras et al. 2022): X' = X + (s' − s) ε. One network call a
 * step, first order; without churn the same move as DDIM.
 */
export function euler(settings: EulerOptions = {}): Solver {
  checkKeys("euler", settings, ["churn"]);
  const churn = checkedChurn("euler", settings.churn ?? {});
  return {
    name: "euler",
    settings: settings.churn === undefined ? {} : { churn },
    stochastic: (churn.amount ?? 0) > 0,
    calls: (steps) => steps,
    async *walk(denoiser, x, levels, options = {}) {
      const { relabel = honest } = options.quirks ?? {};
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
    },
  };
}
