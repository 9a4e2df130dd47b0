import { allocate, checkKeys, invalid, type Samples } from "@symbreak/core";
import type { Solver } from "../solver.ts";
import { checkChoice } from "./check-choice.ts";
import { combine } from "./combine.ts";
import { connect } from "./connect.ts";
import { type Posterior, posterior } from "./posterior.ts";

/** Settings of {@link ddpm}. */
export interface DdpmOptions {
  /** Default: what the denoiser learned, else "fixedSmall". */
  readonly variance?: DdpmVariance;
}

/**
 * The variance of a reverse step: beta tilde ("small") or beta ("large") of Ho et al. 2020, their log forms (the same
 * numbers through a logarithm), or the network's (Nichol & Dhariwal 2021): its logarithm itself ("learned") or an
 * interpolation of the two logarithms ("learnedRange").
 */
export type DdpmVariance =
  | "fixedSmall"
  | "fixedSmallLog"
  | "fixedLarge"
  | "fixedLargeLog"
  | "learned"
  | "learnedRange";

const VARIANCES = [
  "fixedSmall",
  "fixedSmallLog",
  "fixedLarge",
  "fixedLargeLog",
  "learned",
  "learnedRange",
] as const satisfies readonly DdpmVariance[];

/**
 * Denoising diffusion probabilistic models (Ho et al. 2020, algorithm 2): a draw from the posterior
 * q(x' | x, x0) at the network's x0. One network call a step; needs `noise`.
 */
export function ddpm(settings: DdpmOptions = {}): Solver {
  checkKeys("ddpm", settings, ["variance"]);
  checkChoice("ddpm", "variance", settings.variance, VARIANCES);
  return {
    name: "ddpm",
    settings: { ...settings },
    stochastic: true,
    calls: (steps) => steps,
    async *walk(denoiser, x, levels, options = {}) {
      const { betas, noiseAtEnd = false } = options.quirks ?? {};
      const { variance: kind = denoiser.variance ?? "fixedSmall" } = settings;
      if (kind.startsWith("learned") && kind !== denoiser.variance)
        throw invalid(
          "ddpm",
          `variance "${kind}" must be what the denoiser learned`,
          denoiser.variance,
        );
      if (betas !== undefined && betas.length !== levels.length - 1)
        throw invalid("ddpm", "betas must be one a step", betas.length);
      const network = connect("ddpm", denoiser, x, levels, options);
      let state = x;
      for (const [i, level] of levels.slice(0, -1).entries()) {
        const next = levels[i + 1]!;
        const { prediction, variance } = await network.ask(state, level, i);
        const { denoised } = network.read(prediction, state, level);
        const q = posterior(level, next, betas?.[i]);
        const mean = combine([q.ofSample, denoised], [q.ofX, state]);
        state =
          next.sigma > 0 || noiseAtEnd ? plusNoise(mean, network.draw(), q, kind, variance) : mean;
        yield network.reached(state, denoised, next, i);
      }
    },
  };
}

/** diffusers' floor under beta tilde, which vanishes at the last step. */
const FLOOR = 1e-20;

function plusNoise(
  mean: Samples,
  z: Samples,
  q: Posterior,
  kind: DdpmVariance,
  learned: Samples | undefined,
): Samples {
  const small = Math.max(q.small, FLOOR);
  switch (kind) {
    case "fixedSmall":
      return combine([1, mean], [Math.sqrt(small), z]);
    case "fixedSmallLog":
      return combine([1, mean], [Math.exp(0.5 * Math.log(small)), z]);
    case "fixedLarge":
      return combine([1, mean], [Math.sqrt(q.large), z]);
    case "fixedLargeLog":
      return combine([1, mean], [Math.exp(0.5 * Math.log(q.large)), z]);
    case "learned":
    case "learnedRange": {
      const out = allocate(mean);
      const [low, high] = [Math.log(small), Math.log(q.large)];
      for (let i = 0; i < out.length; i++) {
        const v = learned![i]!;
        // v in [−1, 1] slides from log beta tilde to log beta (Nichol & Dhariwal 2021, eq. 15).
        const log = kind === "learned" ? v : low + ((v + 1) / 2) * (high - low);
        out[i] = mean[i]! + Math.exp(0.5 * log) * z[i]!;
      }
      return out;
    }
  }
}
