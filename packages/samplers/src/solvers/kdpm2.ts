import { checkKeys, noiseToSignal } from "@symbreak/core";
import { honest } from "../quirks.ts";
import type { Solver } from "../solver.ts";
import { connect } from "./connect.ts";
import { levelOfRatio } from "./level-between.ts";
import { checkFinite, straight } from "./sigma-space.ts";

/**
 * DPM-Solver-2 in sigma space (Karras et al. 2022, appendix; k-diffusion's `sample_dpm_2`): the midpoint method with
 * the midpoint at the geometric mean of the sigmas. Two network calls a step, one for a step to clean data; second order.
 */
export function kdpm2(settings: Readonly<Record<string, never>> = {}): Solver {
  checkKeys("kdpm2", settings, []);
  return {
    name: "kdpm2",
    settings: { ...settings },
    stochastic: false,
    calls: (steps) => 2 * steps - 1,
    async *walk(denoiser, x, levels, options = {}) {
      const { table, quirks: { relabel = honest } = {} } = options;
      checkFinite("kdpm2", levels);
      const network = connect("kdpm2", denoiser, x, levels, options);
      let state = x;
      for (const [i, level] of levels.slice(0, -1).entries()) {
        const next = levels[i + 1]!;
        let { denoised, epsilon: slope } = await network.estimate(state, level, i);
        if (next.sigma > 0) {
          const mean = Math.sqrt(noiseToSignal(level) * noiseToSignal(next));
          const middle = levelOfRatio(table ?? [level, next], mean);
          const halfway = straight(state, slope, ...relabel(i, 0, level, middle));
          ({ denoised, epsilon: slope } = await network.estimate(halfway, middle, i));
        }
        state = straight(state, slope, ...relabel(i, 1, level, next));
        yield network.reached(state, denoised, next, i);
      }
    },
  };
}
