import { checkKeys, type Samples } from "@symbreak/core";
import { honest } from "../quirks.ts";
import type { Solver } from "../solver.ts";
import { adamsBashforth } from "./adams-bashforth.ts";
import { combine } from "./combine.ts";
import { connect } from "./connect.ts";
import { transfer } from "./transfer.ts";

/**
 * PNDM without a warm-up (Zhang & Chen 2023, "iPNDM"): the multistep method starts with what history there is, so that
 * n steps cost n network calls. Second order.
 */
export function ipndm(settings: Readonly<Record<string, never>> = {}): Solver {
  checkKeys("ipndm", settings, []);
  return {
    name: "ipndm",
    settings: { ...settings },
    stochastic: false,
    calls: (steps) => steps,
    async *walk(denoiser, x, levels, options = {}) {
      const { relabel = honest } = options.quirks ?? {};
      const network = connect("ipndm", denoiser, x, levels, options);
      let state = x;
      const history: Samples[] = [];
      for (const [i, level] of levels.slice(0, -1).entries()) {
        const next = levels[i + 1]!;
        const { denoised, epsilon } = await network.estimate(state, level, i);
        history.unshift(epsilon);
        history.length = Math.min(history.length, 4);
        const [from, to] = relabel(i, 0, level, next);
        const slope = adamsBashforth(history);
        // From pure noise (alpha = 0) only the network knows x0.
        const end =
          from.alpha > 0
            ? transfer(state, slope, from, to)
            : { x: combine([to.alpha, denoised], [to.sigma, slope]), denoised };
        state = end.x;
        yield network.reached(state, end.denoised, next, i);
      }
    },
  };
}
