import { checkKeys, invalid } from "@symbreak/core";
import { sizeOf } from "../size-of.ts";
import type { Solver } from "../solver.ts";
import { checkChoice } from "../solvers/check-choice.ts";
import { combine } from "../solvers/combine.ts";
import { connect } from "../solvers/connect.ts";
import { type CorrectorNorms, langevinCorrector, normsIn } from "./langevin-corrector.ts";
import { PREDICTORS, type PredictorName } from "./predictor.ts";

/** Settings of {@link predictorCorrector}. */
export interface PredictorCorrectorOptions {
  /** How the reverse SDE is discretised. Default "reverseDiffusion"; "eulerMaruyama" needs the process of the run. */
  readonly predictor?: PredictorName;
  /** Langevin steps before each predictor step. Default 1; 0 leaves the predictor alone. */
  readonly correctorSteps?: number;
  /** Signal-to-noise ratio of the corrector; 0.05 to 0.2 is useful. Default 0.16. */
  readonly snr?: number;
  /** How the corrector measures |z| and |s|. Default: "sample" from 64 dimensions on, "expected" below. */
  readonly norms?: CorrectorNorms;
}

/**
 * The predictor–corrector sampler of the score SDEs (Song et al. 2021, algorithms 2 and 3), for VE, VP and sub-VP.
 *
 * At each level first the corrector, Langevin steps there, then the predictor, one step of the reverse SDE to the next
 * level: the order of score_sde's code. The step to clean data returns its mean, their final denoising. Network calls:
 * steps × (1 + correctorSteps).
 *
 * @example sample({ denoiser, solver: predictorCorrector(), process: ve(), steps: 1000, seed: 0, count: 16 })
 */
export function predictorCorrector(settings: PredictorCorrectorOptions = {}): Solver {
  checkKeys("predictorCorrector", settings, ["predictor", "correctorSteps", "snr", "norms"]);
  const { predictor = "reverseDiffusion", correctorSteps = 1, snr = 0.16 } = settings;
  checkChoice("predictorCorrector", "predictor", predictor, Object.keys(PREDICTORS));
  if (settings.norms !== undefined)
    checkChoice("predictorCorrector", "norms", settings.norms, ["expected", "sample", "batch"]);
  if (!Number.isInteger(correctorSteps) || correctorSteps < 0)
    throw invalid("predictorCorrector", "correctorSteps must be a whole number", correctorSteps);
  if (!(snr > 0)) throw invalid("predictorCorrector", "snr must be positive", snr);
  return {
    name: "predictorCorrector",
    settings: { ...settings },
    stochastic: true,
    calls: (steps) => steps * (1 + correctorSteps),
    async *walk(denoiser, x, levels, options = {}) {
      const network = connect("predictorCorrector", denoiser, x, levels, options);
      const step = PREDICTORS[predictor](options.process);
      const size = sizeOf(denoiser.shape);
      const { norms = normsIn(size) } = settings;

      let state = x;
      for (const [i, level] of levels.slice(0, -1).entries()) {
        const next = levels[i + 1]!;
        for (let k = 0; k < correctorSteps; k++) {
          const { epsilon } = await network.estimate(state, level, i);
          const z = network.draw();
          state = langevinCorrector(state, epsilon, z, { level, next, size, snr, norms });
        }
        const { denoised, epsilon } = await network.estimate(state, level, i);
        const { ofState, ofScore, ofNoise } = step(level, next);
        const mean = combine([ofState, state], [-ofScore / level.sigma, epsilon]);
        state = next.sigma > 0 ? combine([1, mean], [ofNoise, network.draw()]) : mean;
        yield network.reached(state, denoised, next, i);
      }
    },
  };
}
