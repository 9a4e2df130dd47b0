import type { NoiseLevel, Samples } from "@symbreak/core";
import type { Denoiser } from "../denoiser.ts";
import type { Step } from "../solver.ts";
import { adamsBashforth } from "./adams-bashforth.ts";
import { combine } from "./combine.ts";
import { connect } from "./network.ts";
import { transfer } from "./transfer.ts";
import { honest, type WalkOptions } from "./walk-options.ts";

/**
 * PNDM without a warm-up (Zhang & Chen 2023, "iPNDM"): the multistep method starts with what history there is, so that
 * n steps cost n network calls. Second order.
 */
export async function* ipndm(
  denoiser: Denoiser,
  x: Samples,
  levels: readonly NoiseLevel[],
  options: WalkOptions = {},
): AsyncGenerator<Step, void, undefined> {
  const { relabel = honest } = options;
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
}
