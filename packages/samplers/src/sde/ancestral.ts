import type { NoiseLevel } from "@symbreak/core";
import type { PredictorStep } from "./predictor-step.ts";
import { transition } from "./transition.ts";

/**
 * The ancestral predictor: mean (x + variance·s)/ratio and the forward posterior's deviation √variance·sigma'/sigma.
 *
 * VE: mean x + (sigma_i² − sigma_{i−1}²) s, deviation √(sigma_{i−1}²(sigma_i² − sigma_{i−1}²)/sigma_i²) (Song et al. 2021,
 * eq. 47). VP: DDPM's ancestral step with fixed small variance; score_sde's VP code adds √beta·z, DDPM's fixed large.
 */
export function ancestral(from: NoiseLevel, to: NoiseLevel): PredictorStep {
  const { ratio, variance } = transition(from, to);
  const ofNoise = (Math.sqrt(variance) * to.sigma) / from.sigma;
  return { ofState: 1 / ratio, ofScore: variance / ratio, ofNoise };
}
