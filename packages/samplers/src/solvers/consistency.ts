import { checkKeys } from "@symbreak/core";
import type { Solver } from "../solver.ts";
import { combine } from "./combine.ts";
import { connect } from "./connect.ts";

/**
 * Multistep consistency sampling (Song et al. 2023, algorithm 1; Luo et al. 2023 for latents): x' = α' x0 + σ' z, the
 * network's clean sample with new noise up to the next level.
 *
 * For networks distilled to say where the whole walk ends (`distil` with `ends: "last"`), whose every answer is a sample:
 * then each level has its distribution, and what one call gets wrong the next ones mend. An ordinary denoiser answers
 * with a mean, from which this is no sampler. One network call a step; needs `noise` for more than one.
 */
export function consistency(settings: Readonly<Record<string, never>> = {}): Solver {
  checkKeys("consistency", settings, []);
  return {
    name: "consistency",
    settings: { ...settings },
    stochastic: true,
    calls: (steps) => steps,
    async *walk(denoiser, x, levels, options = {}) {
      const network = connect("consistency", denoiser, x, levels, options);
      let state = x;
      for (const [i, level] of levels.slice(0, -1).entries()) {
        const next = levels[i + 1]!;
        const { denoised } = await network.estimate(state, level, i);
        state =
          next.sigma > 0
            ? combine([next.alpha, denoised], [next.sigma, network.draw()])
            : combine([next.alpha, denoised]);
        yield network.reached(state, denoised, next, i);
      }
    },
  };
}
