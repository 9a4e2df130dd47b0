import { checkNumbers, invalid, noiseToSignal, type Samples } from "@symbreak/core";
import { honest } from "../quirks.ts";
import type { Solver } from "../solver.ts";
import { combine, type Term } from "./combine.ts";
import { connect } from "./connect.ts";
import { checkFinite, straight } from "./sigma-space.ts";

/** Settings of {@link lms}. */
export interface LmsOptions {
  /** 1 to 4 slopes enter a step. Default 4. */
  readonly order?: number;
}

/**
 * The linear multistep method in sigma space (k-diffusion's `sample_lms`): X' = X + ∫ P(s) ds over the step, P the
 * polynomial through the last slopes. One network call a step; its order is `order` once the history is full.
 */
export function lms(settings: LmsOptions = {}): Solver {
  checkNumbers("lms", settings, ["order"]);
  const { order = 4 } = settings;
  if (!(Number.isInteger(order) && order >= 1 && order <= 4))
    throw invalid("lms", "order must be 1, 2, 3 or 4", order);
  return {
    name: "lms",
    settings: { ...settings },
    stochastic: false,
    calls: (steps) => steps,
    async *walk(denoiser, x, levels, options = {}) {
      const { relabel = honest } = options.quirks ?? {};
      checkFinite("lms", levels);
      const network = connect("lms", denoiser, x, levels, options);
      const nodes = levels.map(noiseToSignal);
      let state = x;
      const slopes: Samples[] = [];
      for (const [i, level] of levels.slice(0, -1).entries()) {
        const next = levels[i + 1]!;
        const { denoised, epsilon } = await network.estimate(state, level, i);
        slopes.unshift(epsilon);
        slopes.length = Math.min(slopes.length, order);
        const past = slopes.map((_, k) => nodes[i - k]!);
        const terms = slopes.map(
          (slope, k): Term => [mean(past, k, nodes[i]!, nodes[i + 1]!), slope],
        );
        state = straight(
          state,
          combine(terms[0]!, ...terms.slice(1)),
          ...relabel(i, 0, level, next),
        );
        yield network.reached(state, denoised, next, i);
      }
    },
  };
}

/** The mean over [a, b] of the k-th Lagrange polynomial of `nodes`: two Gauss points, exact up to degree 3. */
function mean(nodes: readonly number[], k: number, a: number, b: number): number {
  const lagrange = (s: number) =>
    nodes.reduce((p, node, j) => (j === k ? p : (p * (s - node)) / (nodes[k]! - node)), 1);
  const [centre, reach] = [(a + b) / 2, (b - a) / (2 * Math.sqrt(3))];
  return (lagrange(centre - reach) + lagrange(centre + reach)) / 2;
}
