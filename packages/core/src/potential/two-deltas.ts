import { invalid } from "../invalid.ts";
import { potentialCurvature } from "./instability-law.ts";
import { type TwoGaussians, twoGaussiansFixedPoints } from "./two-gaussians.ts";

/** Data at +1 and −1, as often: the model of Raya and Ambrogioni 2023, section 3. */
export const TWO_DELTAS: TwoGaussians = { mean: 1, deviation: 0 };

/** theta_c = √(√2 − 1) = 0.6435942529…: the signal amplitude at which the two wells part. */
export const TWO_DELTAS_THETA: number = Math.sqrt(Math.SQRT2 - 1);

/**
 * The well x*(theta) on the positive side, for a signal amplitude theta = √alphaBar in (0, 1): the solution of
 * (theta²+1) x = 2 theta tanh(theta x/(1−theta²)), 0 up to theta_c.
 */
export function twoDeltasFixedPoint(theta: number): number {
  if (!(theta > 0 && theta < 1))
    throw invalid("twoDeltasFixedPoint", "theta must lie in (0, 1)", theta);
  return twoGaussiansFixedPoints(TWO_DELTAS, theta * theta).at(-1)!.x;
}

/** u''(0)/beta = −1/2 − (2 theta² − 1)/(1 − theta²)²: positive while generation is undecided. */
export function twoDeltasCurvature(theta: number): number {
  if (!(theta > 0 && theta < 1))
    throw invalid("twoDeltasCurvature", "theta must lie in (0, 1)", theta);
  return potentialCurvature(1, theta * theta);
}
