import { CLEAN, type NoiseLevel } from "@symbreak/core";
import { type DdpmVariance, ddpm, type Quirks } from "@symbreak/samplers";
import { type Chain, chosenTimesteps, lateLevels, predictionOf, spacedTimesteps } from "./chain.ts";
import type { Fields } from "./config.ts";
import type { Parts, StepRequest } from "./scheduler.ts";
import { refuseSigmas } from "./step-request.ts";
import { thresholdOf } from "./threshold-of.ts";

const VARIANCES = {
  fixed_small: "fixedSmall",
  fixed_small_log: "fixedSmallLog",
  fixed_large: "fixedLarge",
  fixed_large_log: "fixedLargeLog",
  learned: "learned",
  learned_range: "learnedRange",
} as const satisfies Record<string, DdpmVariance>;

/**
 * DDPMScheduler. Quirks under parity: noise also in a last step from a timestep above 0; of float32 tables, each beta
 * is 1 − (the rounded ratio of two alphaBars).
 */
export function ddpmParts(read: Fields, chain: Chain, parity: boolean): Parts {
  const kinds = Object.keys(VARIANCES) as (keyof typeof VARIANCES)[];
  const variance = VARIANCES[read.choice("variance_type", kinds)];
  const predicts = predictionOf(read);
  const [solver, options] = [ddpm({ variance }), thresholdOf(read)];
  const list = (steps: StepRequest) =>
    typeof steps === "number"
      ? spacedTimesteps(read, chain, steps, "ddpm")
      : chosenTimesteps(refuseSigmas("DDPMScheduler", steps), chain);
  const levels = (steps: StepRequest, from?: NoiseLevel) =>
    from ? lateLevels(chain, steps, from, CLEAN) : [...list(steps).map(chain.at), CLEAN];
  const quirks = (steps: StepRequest): Quirks => {
    const walk = levels(steps);
    const alphaBar = ({ timestep: t }: NoiseLevel) => (t < 0 ? 1 : chain.schedule.alphaBars[t]!);
    const betas = walk.slice(1).map((to, i) => 1 - chain.round(alphaBar(walk[i]!) / alphaBar(to)));
    return {
      noiseAtEnd: walk.at(-2)!.timestep > 0,
      ...(chain.schedule.precision === "float32" ? { betas } : {}),
    };
  };
  return {
    process: chain.schedule,
    solver,
    options,
    levels,
    denoiserOf: (network) => ({
      ...network,
      predicts,
      ...(variance === "learned" || variance === "learnedRange" ? { variance } : {}),
    }),
    initNoiseSigma: () => 1,
    run: (steps) => ({ solver, options: parity ? { ...options, quirks: quirks(steps) } : options }),
  };
}
