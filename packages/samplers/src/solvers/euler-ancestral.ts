import type { NoiseLevel, Samples } from "@symbreak/core";
import type { Denoiser } from "../denoiser.ts";
import type { Step } from "../solver.ts";
import { combine } from "./combine.ts";
import { connect } from "./network.ts";
import { ancestral, checkFinite, straight } from "./sigma-space.ts";
import { honest, type WalkOptions } from "./walk-options.ts";

/**
 * Ancestral sampling with Euler steps (k-diffusion's `sample_euler_ancestral`): an Euler step below the next level,
 * then noise up to it. One network call a step; needs `noise`.
 */
export async function* eulerAncestral(
  denoiser: Denoiser,
  x: Samples,
  levels: readonly NoiseLevel[],
  options: WalkOptions = {},
): AsyncGenerator<Step, void, undefined> {
  const { relabel = honest } = options;
  checkFinite("eulerAncestral", levels);
  const network = connect("eulerAncestral", denoiser, x, levels, options);
  let state = x;
  for (const [i, level] of levels.slice(0, -1).entries()) {
    const next = levels[i + 1]!;
    const { denoised, epsilon } = await network.estimate(state, level, i);
    const [from, to] = relabel(i, 0, level, next);
    const { up, down } = ancestral(from, to);
    state = straight(state, epsilon, from, to, down);
    if (up > 0) state = combine([1, state], [to.alpha * up, network.draw()]);
    yield network.reached(state, denoised, next, i);
  }
}
