import { type DiscreteSchedule, discreteSchedule, invalid } from "@symbreak/core";
import { dot } from "@symbreak/core/linalg";
import { type ClockTime, clockTime } from "../clock-time.ts";
import { topSpectrum } from "../spectrum/top-spectrum.ts";
import { type ClassMean, classMeans } from "./class-means.ts";
import type { Labelled } from "./labelled.ts";

/** Two classes by their means. */
export interface ClassPair {
  readonly a: number;
  readonly b: number;
  /** Variance along the line between the means, p(1 − p)|μ_a − μ_b|² with p the share of a among the two. */
  readonly variance: number;
  /** ½ ln of it; null where it does not exceed 1: the means never part from the noise. */
  readonly time: ClockTime | null;
  /** How far |μ_a − μ_b|² lies above what equal means would show by chance, in standard deviations of that. */
  readonly z: number;
  /** Whether z < 3: then the classes, if they part, part by their covariances, and `time` says nothing. */
  readonly equalMeans: boolean;
}

/** What the means of the classes say, beside the spectrum of the data. */
export interface BetweenClasses {
  readonly pairs: readonly ClassPair[];
  /** Λ, the top variance of the data, whatever the classes. */
  readonly lambda: number;
  /** Share of Λ that lies between the classes: 1 where the top mode is the classes, 0 where it has nothing to do with them. */
  readonly topModeBetween: number;
}

/** Equal means show a z below this 999 times in 1000. */
const APART = 3;

/**
 * When the classes part by their means: ½ ln p(1 − p)|μ_a − μ_b|² for each pair, the speciation time of the variance
 * between the two. t_S = ½ ln Λ is the time of the first *mode*, which may be slant or brightness: it is the classes' only as
 * far as `topModeBetween` says. Classes of equal mean are recognised (arXiv 2602.04404: they part at about ¼ ln d).
 */
export function betweenClasses(
  data: Labelled,
  schedule: DiscreteSchedule = discreteSchedule(),
): BetweenClasses {
  const where = "betweenClasses";
  const classes = classMeans(where, data);
  if (classes.length < 2)
    throw invalid(where, "labels must name at least two classes", classes.length);
  const { lambda, eigenvectors, mean } = topSpectrum(data);
  const count = classes.reduce((sum, own) => sum + own.count, 0);
  const between = classes.reduce((sum, own) => {
    const offset = own.mean.map((value, i) => value - mean[i]!);
    return sum + (own.count / count) * dot(offset, eigenvectors) ** 2;
  }, 0);
  const pairs = classes.flatMap((a, i) => classes.slice(i + 1).map((b) => pairOf(a, b, schedule)));
  return { pairs, lambda, topModeBetween: lambda === 0 ? 0 : Math.min(1, between / lambda) };
}

function pairOf(a: ClassMean, b: ClassMean, schedule: DiscreteSchedule): ClassPair {
  const share = a.count / (a.count + b.count);
  const square = a.mean.reduce((sum, value, i) => sum + (value - b.mean[i]!) ** 2, 0);
  const variance = share * (1 - share) * square;
  // Under equal means |Δ|² is Σ s_i χ²_i over the eigenvalues s of C_a/n_a + C_b/n_b.
  const chance = a.trace / a.count + b.trace / b.count;
  const spread = 2 * (a.squareTrace / a.count ** 2 + b.squareTrace / b.count ** 2);
  const excess = square - chance;
  const z = spread > 0 ? excess / Math.sqrt(spread) : excess > 0 ? Infinity : 0;
  const time = variance > 1 ? clockTime({ ouTime: 0.5 * Math.log(variance) }, schedule) : null;
  return { a: a.label, b: b.label, variance, time, z, equalMeans: z < APART };
}
