import type { NoiseLevel } from "@symbreak/core";
import type { PredictorStep } from "./predictor-step.ts";
import { transition } from "./transition.ts";

/**
 * The reverse-diffusion predictor, `x' = x − f + G² s + G z` with the forward step's own f = (ratio − 1) x and
 * G² = variance (Song et al. 2021, eq. 46).
 *
 * VP: f = (√(1 − beta) − 1) x, G² = beta. VE: f = 0, G² = sigma_i² − sigma_{i−1}². Sub-VP takes its exact transition
 * likewise, where score_sde falls back on an Euler step.
 */
export function reverseDiffusion(from: NoiseLevel, to: NoiseLevel): PredictorStep {
  const { ratio, variance } = transition(from, to);
  return { ofState: 2 - ratio, ofScore: variance, ofNoise: Math.sqrt(variance) };
}
