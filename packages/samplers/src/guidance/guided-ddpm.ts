import { allocate, checkKeys, invalid, type Samples } from "@symbreak/core";
import type { Solver } from "../solver.ts";
import { checkChoice } from "../solvers/check-choice.ts";
import { combine } from "../solvers/combine.ts";
import { connect } from "../solvers/connect.ts";
import { type Posterior, posterior } from "../solvers/posterior.ts";
import { type ConditionGradient, conditionGradient } from "./guide.ts";
import { type GuidanceInterval, isGuided } from "./interval.ts";

/** Settings of {@link guidedDdpm}. */
export interface GuidedDdpmOptions {
  readonly gradient?: ConditionGradient;
  /** Default 1. */
  readonly scale?: number;
  readonly interval?: GuidanceInterval;
  /** Default: what the denoiser learned, else "fixedSmall". */
  readonly variance?: "fixedSmall" | "fixedLarge" | "learned" | "learnedRange";
}

const VARIANCES = ["fixedSmall", "fixedLarge", "learned", "learnedRange"] as const;

/**
 * Classifier-guided ancestral sampling (Dhariwal & Nichol 2021, algorithm 1): DDPM whose mean is shifted by
 * `variance · scale · ∇ ln p(y | x)`, the gradient taken at x.
 *
 * The shift vanishes with the variance: with "fixedSmall" the last step is unguided. To first order in the step it is
 * `ddpm` with `guide`; needs `gradient` and `noise`. One network call and one gradient a step.
 */
export function guidedDdpm(settings: GuidedDdpmOptions = {}): Solver {
  checkKeys("guidedDdpm", settings, ["gradient", "scale", "interval", "variance"]);
  checkChoice("guidedDdpm", "variance", settings.variance, VARIANCES);
  const { gradient, scale = 1, interval } = settings;
  if (gradient === undefined) throw invalid("guidedDdpm", "gradient must be given", gradient);
  return {
    name: "guidedDdpm",
    settings: { ...settings },
    stochastic: true,
    calls: (steps) => steps,
    async *walk(denoiser, x, levels, options = {}) {
      const { samples, condition, signal } = options;
      const { variance: kind = denoiser.variance ?? "fixedSmall" } = settings;
      if (kind.startsWith("learned") && kind !== denoiser.variance)
        throw invalid(
          "guidedDdpm",
          `variance "${kind}" must be what the denoiser learned`,
          denoiser.variance,
        );
      const network = connect("guidedDdpm", denoiser, x, levels, options);
      let state = x;
      for (const [i, level] of levels.slice(0, -1).entries()) {
        const next = levels[i + 1]!;
        const { prediction, variance: learned } = await network.ask(state, level, i);
        const { denoised } = network.read(prediction, state, level);
        const q = posterior(level, next);
        let mean = combine([q.ofSample, denoised], [q.ofX, state]);
        const variance = variances(kind, q, learned, mean);
        if (isGuided(level, interval)) {
          const asked = { samples, condition, signal };
          const slope = await conditionGradient("guidedDdpm", gradient, state, level, asked);
          mean = weighted(mean, scale, variance, slope);
        }
        const deviation = variance.map(Math.sqrt);
        state = next.sigma > 0 ? weighted(mean, 1, deviation, network.draw()) : mean;
        yield network.reached(state, denoised, next, i);
      }
    },
  };
}

/** The variance of each value of the step. */
function variances(
  kind: NonNullable<GuidedDdpmOptions["variance"]>,
  q: Posterior,
  learned: Samples | undefined,
  like: Samples,
): Samples {
  const out = allocate(like);
  if (kind === "fixedSmall") return out.fill(q.small);
  if (kind === "fixedLarge") return out.fill(q.large);
  const [low, high] = [Math.log(Math.max(q.small, 1e-20)), Math.log(q.large)];
  for (let i = 0; i < out.length; i++) {
    const v = learned![i]!;
    out[i] = Math.exp(kind === "learned" ? v : low + ((v + 1) / 2) * (high - low));
  }
  return out;
}

/** x + factor · weights ∘ y */
function weighted(x: Samples, factor: number, weights: Samples, y: Samples): Samples {
  const out = allocate(x);
  for (let i = 0; i < out.length; i++) out[i] = x[i]! + factor * weights[i]! * y[i]!;
  return out;
}
