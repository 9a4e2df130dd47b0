import { checkNumbers, invalid } from "@symbreak/core";
import { honest } from "../quirks.ts";
import type { Solver } from "../solver.ts";
import { combine } from "./combine.ts";
import { connect } from "./connect.ts";
import { posterior } from "./posterior.ts";

/** Settings of {@link ddim}. */
export interface DdimOptions {
  /** 0 (default) is the deterministic probability flow, 1 the variance of DDPM. */
  readonly eta?: number;
}

/**
 * Denoising diffusion implicit models (Song, Meng & Ermon 2021, eq. 12): x' = α' x0 + √(σ'² − s²) ε + s z, with
 * s = η · the posterior's standard deviation.
 *
 * One network call a step. First order. With eta > 0 it needs `noise`.
 */
export function ddim(settings: DdimOptions = {}): Solver {
  checkNumbers("ddim", settings, ["eta"]);
  const { eta = 0 } = settings;
  if (!(eta >= 0 && eta <= 1)) throw invalid("ddim", "eta must lie in [0, 1]", eta);
  return {
    name: "ddim",
    settings: { ...settings },
    stochastic: eta > 0,
    calls: (steps) => steps,
    async *walk(denoiser, x, levels, options = {}) {
      const { keepEpsilon = false, relabel = honest } = options.quirks ?? {};
      const network = connect("ddim", denoiser, x, levels, options, { keepEpsilon });
      let state = x;
      for (const [i, level] of levels.slice(0, -1).entries()) {
        const next = levels[i + 1]!;
        const { denoised, epsilon } = await network.estimate(state, level, i);
        const [from, to] = relabel(i, 0, level, next);
        const s = eta === 0 ? 0 : eta * Math.sqrt(Math.max(0, posterior(from, to).small));
        const direction = Math.sqrt(Math.max(0, to.sigma ** 2 - s ** 2));
        state =
          s === 0
            ? combine([to.alpha, denoised], [direction, epsilon])
            : combine([to.alpha, denoised], [direction, epsilon], [s, network.draw()]);
        yield network.reached(state, denoised, next, i);
      }
    },
  };
}
