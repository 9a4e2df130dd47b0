import { invalid, type NoiseLevel, type Samples } from "@symbreak/core";
import type { Denoiser } from "../denoiser.ts";
import type { Step } from "../solver.ts";
import { combine } from "./combine.ts";
import { connect } from "./network.ts";
import { posterior } from "./posterior.ts";
import { honest, type WalkOptions } from "./walk-options.ts";

/** Settings of {@link ddim}. */
export interface DdimOptions extends WalkOptions {
  /** 0 (default) is the deterministic probability flow, 1 the variance of DDPM. */
  readonly eta?: number;
  /** Quirk of diffusers: keep the network's epsilon although x0 was thresholded. Default false. */
  readonly keepEpsilon?: boolean;
}

/**
 * Denoising diffusion implicit models (Song, Meng & Ermon 2021, eq. 12): x' = α' x0 + √(σ'² − s²) ε + s z, with
 * s = η · the posterior's standard deviation.
 *
 * One network call a step. First order. With eta > 0 it needs `noise`.
 */
export async function* ddim(
  denoiser: Denoiser,
  x: Samples,
  levels: readonly NoiseLevel[],
  options: DdimOptions = {},
): AsyncGenerator<Step, void, undefined> {
  const { eta = 0, keepEpsilon = false, relabel = honest } = options;
  if (!(eta >= 0 && eta <= 1)) throw invalid("ddim", "eta must lie in [0, 1]", eta);
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
}
