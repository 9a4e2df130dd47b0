import { checkKeys, noiseToSignal } from "@symbreak/core";
import { honest } from "../quirks.ts";
import type { Solver } from "../solver.ts";
import { combine } from "./combine.ts";
import { connect } from "./connect.ts";
import { levelOfRatio } from "./level-between.ts";
import { ancestral, checkFinite, straight } from "./sigma-space.ts";

/**
 * Ancestral sampling with the steps of {@link kdpm2} (k-diffusion's `sample_dpm_2_ancestral`): a midpoint step below
 * the next level, then noise up to it. Two network calls a step, one for a step to clean data; needs `noise`.
 */
export function kdpm2Ancestral(settings: Readonly<Record<string, never>> = {}): Solver {
  checkKeys("kdpm2Ancestral", settings, []);
  return {
    name: "kdpm2Ancestral",
    settings: { ...settings },
    stochastic: true,
    calls: (steps) => 2 * steps - 1,
    async *walk(denoiser, x, levels, options = {}) {
      const { table, quirks: { relabel = honest } = {} } = options;
      checkFinite("kdpm2Ancestral", levels);
      const network = connect("kdpm2Ancestral", denoiser, x, levels, options);
      let state = x;
      for (const [i, level] of levels.slice(0, -1).entries()) {
        const next = levels[i + 1]!;
        const { up, down } = ancestral(level, next);
        let { denoised, epsilon: slope } = await network.estimate(state, level, i);
        if (down > 0) {
          const middle = levelOfRatio(
            table ?? [level, next],
            Math.sqrt(noiseToSignal(level) * down),
          );
          const halfway = straight(state, slope, ...relabel(i, 0, level, middle));
          ({ denoised, epsilon: slope } = await network.estimate(halfway, middle, i));
        }
        const [from, to] = relabel(i, 1, level, next);
        state = straight(state, slope, from, to, down);
        if (up > 0) state = combine([1, state], [to.alpha * up, network.draw()]);
        yield network.reached(state, denoised, next, i);
      }
    },
  };
}
