import { checkKeys } from "@symbreak/core";
import { honest } from "../quirks.ts";
import type { Solver } from "../solver.ts";
import { combine } from "./combine.ts";
import { connect } from "./connect.ts";
import { ancestral, checkFinite, straight } from "./sigma-space.ts";

/**
 * Ancestral sampling with Euler steps (k-diffusion's `sample_euler_ancestral`): an Euler step below the next level,
 * then noise up to it. One network call a step; needs `noise`.
 */
export function eulerAncestral(settings: Readonly<Record<string, never>> = {}): Solver {
  checkKeys("eulerAncestral", settings, []);
  return {
    name: "eulerAncestral",
    settings: { ...settings },
    stochastic: true,
    calls: (steps) => steps,
    async *walk(denoiser, x, levels, options = {}) {
      const { relabel = honest } = options.quirks ?? {};
      checkFinite("eulerAncestral", levels);
      const network = connect("eulerAncestral", denoiser, x, levels, options);
      let state = x;
      for (const [i, level] of levels.slice(0, -1).entries()) {
        const next = levels[i + 1]!;
        const { denoised, epsilon } = await network.estimate(state, level, i);
        const [from, to] = relabel(i, 0, level, next);
        const { up, down } = ancestral(from, to);
        state = straight(state, epsilon, from, to, down);
        if (up > 0) state = combine([1, state], [to.alpha * up, network.draw()]);
        yield network.reached(state, denoised, next, i);
      }
    },
  };
}
