import { invalid } from "../invalid.ts";
import { spinodalField } from "./mean-field.ts";

/**
 * Robertson and Fryer 1969: the largest |ln(w/(1−w))| at which two Gaussians of equal variance, 2·`halfDistance` standard
 * deviations apart, still show two modes: 2 d √(d²−1) − 2 arcosh d; 0 up to d = 1.
 */
export function bimodalityThreshold(halfDistance: number): number {
  if (!(halfDistance >= 0))
    throw invalid("bimodalityThreshold", "halfDistance must not be negative", halfDistance);
  return 2 * spinodalField(1 / halfDistance ** 2);
}

/** Whether the density w N(d, 1) + (1−w) N(−d, 1) has two modes, d = `halfDistance`. */
export function isBimodal(weight: number, halfDistance: number): boolean {
  if (!(weight > 0 && weight < 1)) throw invalid("isBimodal", "weight must lie in (0, 1)", weight);
  return Math.abs(Math.log(weight / (1 - weight))) < bimodalityThreshold(halfDistance);
}
