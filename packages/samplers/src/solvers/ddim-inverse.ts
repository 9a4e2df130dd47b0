import { checkKeys } from "@symbreak/core";
import { honest } from "../quirks.ts";
import type { Solver } from "../solver.ts";
import { combine } from "./combine.ts";
import { connect } from "./connect.ts";

/**
 * DDIM run backwards in time: from data to the noise that DDIM would decode to it (Song, Meng & Ermon 2021, section
 * 5.4). Levels ascend. x' = α' x0 + σ' ε, one network call a step, first order.
 *
 * A walk may start at clean data if that level's timestep is one that the network knows:
 * `{ ...CLEAN, timestep: 0 }`.
 */
export function ddimInverse(settings: Readonly<Record<string, never>> = {}): Solver {
  checkKeys("ddimInverse", settings, []);
  return {
    name: "ddimInverse",
    settings: { ...settings },
    stochastic: false,
    calls: (steps) => steps,
    async *walk(denoiser, x, levels, options = {}) {
      const { keepEpsilon = false, relabel = honest } = options.quirks ?? {};
      const network = connect("ddimInverse", denoiser, x, levels, options, {
        ascending: true,
        keepEpsilon,
      });
      let state = x;
      for (const [i, level] of levels.slice(0, -1).entries()) {
        const next = levels[i + 1]!;
        const { denoised, epsilon } = await network.estimate(state, level, i);
        const [, to] = relabel(i, 0, level, next);
        state = combine([to.alpha, denoised], [to.sigma, epsilon]);
        yield network.reached(state, denoised, next, i);
      }
    },
  };
}
