import { type NoiseLevel, noiseToSignal, type Samples } from "@symbreak/core";
import type { Denoiser } from "../denoiser.ts";
import type { Step } from "../solver.ts";
import { levelOfRatio } from "./level-between.ts";
import { connect } from "./network.ts";
import { checkFinite, straight } from "./sigma-space.ts";
import { honest, type WalkOptions } from "./walk-options.ts";

/**
 * DPM-Solver-2 in sigma space (Karras et al. 2022, appendix; k-diffusion's `sample_dpm_2`): the midpoint method with
 * the midpoint at the geometric mean of the sigmas. Two network calls a step, one for a step to clean data; second order.
 */
export async function* kdpm2(
  denoiser: Denoiser,
  x: Samples,
  levels: readonly NoiseLevel[],
  options: WalkOptions = {},
): AsyncGenerator<Step, void, undefined> {
  const { relabel = honest, table } = options;
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
}
