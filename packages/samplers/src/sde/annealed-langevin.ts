import { checkNumbers, invalid, noiseToSignal } from "@symbreak/core";
import type { Solver } from "../solver.ts";
import { combine } from "../solvers/combine.ts";
import { connect } from "../solvers/connect.ts";

/** Settings of {@link annealedLangevin}. */
export interface AnnealedLangevinOptions {
  /** Step size at the last noisy level, multiplying the score: `step_lr`, the paper's alpha/2. Default 2e-5 (NCSN). */
  readonly stepSize?: number;
  /** Langevin steps at each level. Default 100 (NCSN); NCSNv2 takes 5 at each of 232 levels. */
  readonly stepsPerLevel?: number;
}

/**
 * Annealed Langevin dynamics (Song & Ermon 2019, algorithm 1): at each noisy level `x ← x + h s(x) + √(2h) z`, with
 * h = stepSize · (sigma/sigma_last)².
 *
 * A list that ends with noise is NCSN, which returns the last state; one that ends clean adds NCSNv2's final denoising
 * x + sigma² s(x) (Song & Ermon 2020). At other than variance-exploding levels it is the same algorithm in x/alpha and
 * sigma/alpha. Yields once a level. Network calls: noisy levels × stepsPerLevel, and 1 for the denoising.
 *
 * Nothing is accepted or rejected, as in the paper: on Gaussian data of noised variance v the chain settles at
 * v/(1 − h/(2v)), and it diverges where h > 2v.
 */
export function annealedLangevin(settings: AnnealedLangevinOptions = {}): Solver {
  checkNumbers("annealedLangevin", settings, ["stepSize", "stepsPerLevel"]);
  const { stepSize = 2e-5, stepsPerLevel = 100 } = settings;
  if (!(stepSize > 0)) throw invalid("annealedLangevin", "stepSize must be positive", stepSize);
  if (!Number.isInteger(stepsPerLevel) || stepsPerLevel < 1)
    throw invalid("annealedLangevin", "stepsPerLevel must be a positive integer", stepsPerLevel);
  return {
    name: "annealedLangevin",
    settings: { ...settings },
    stochastic: true,
    calls: (steps) => steps * stepsPerLevel + 1,
    async *walk(denoiser, x, levels, options = {}) {
      const network = connect("annealedLangevin", denoiser, x, levels, options);
      const last = levels.findLast((level) => level.sigma > 0);
      if (last === undefined)
        throw invalid("annealedLangevin", "levels must hold noise", levels.length);

      let state = x;
      let level = levels[0]!;
      for (const [i, next] of levels.entries()) {
        if (next.sigma === 0) {
          const { denoised } = await network.estimate(state, level, i);
          yield network.reached(denoised, denoised, next, i);
          return;
        }
        state = combine([next.alpha / level.alpha, state]);
        level = next;
        const h = stepSize * ((level.alpha * noiseToSignal(level)) / noiseToSignal(last)) ** 2;
        let denoised = state;
        for (let k = 0; k < stepsPerLevel; k++) {
          const estimate = await network.estimate(state, level, i);
          const slope = -h / level.sigma;
          state = combine(
            [1, state],
            [slope, estimate.epsilon],
            [Math.sqrt(2 * h), network.draw()],
          );
          denoised = estimate.denoised;
        }
        yield network.reached(state, denoised, level, i);
      }
    },
  };
}
