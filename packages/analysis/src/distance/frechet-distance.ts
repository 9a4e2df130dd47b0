import { checkData, type Data, dataOf, invalid, rowsInUnits, sizeOf } from "@symbreak/core";
import { meanOf } from "../moments/float-scatter.ts";
import { studentQuantile } from "../statistics/student-quantile.ts";
import { featureStatistics, frechetOfFactors } from "./feature-statistics.ts";
import { type Centred, FEWEST_GROUPS, groupJackknife } from "./group-jackknife.ts";
import { semidefiniteFactor } from "./semidefinite-factor.ts";

/** Settings of {@link frechetDistance}. */
export interface FrechetOptions {
  /** What made the features, for the name: "pca64" gives "FD-pca64". Without it a number means nothing, and is refused. */
  readonly extractor: string;
  /**
   * Groups of the jackknife, each an eigenproblem for either set. Default 20 (of fewer than 40 samples, half of them); 0, for
   * no interval, beyond rank 256, where each takes seconds, and below 10 samples.
   */
  readonly groups?: number;
  /** Of the division into groups. Default 0. */
  readonly seed?: number;
}

/** A Fréchet distance with what one must know to compare it. */
export interface FrechetDistance {
  /** "FD-" and the extractor; "FID" of "fid". */
  readonly name: string;
  readonly value: number;
  /** 95 % interval of the value over repetitions with as many samples: not of the distance of the two laws. Null without groups. */
  readonly low: number | null;
  readonly high: number | null;
  readonly standardError: number | null;
  /** How far the value lies above that of infinitely many samples, estimated; `value − bias` is the better estimate of it. */
  readonly bias: number | null;
  readonly counts: { readonly real: number; readonly generated: number };
  readonly size: number;
  readonly groups: number;
  readonly seed: number;
}

const LARGEST_RANK = 256;

/** What a Fréchet distance of these features is called: FID only on the FID network. */
export function frechetName(extractor: string): string {
  return extractor === "fid" ? "FID" : `FD-${extractor}`;
}

/**
 * The Fréchet distance |μ − μ'|² + Tr S + Tr S' − 2 Tr √(S S') between two sets of features, with the nuclear norm of a
 * product of factors in place of the matrix square root: real and exact for singular covariances too.
 *
 * The interval is a delete-a-group jackknife over both sets. The plug-in distance of finite samples lies above that of the laws by
 * a bias of order 1/n, often larger than its scatter: compare values at equal n, or subtract `bias`. (A bootstrap would
 * be worse than silent: its resamples have the bias twice, and its percentile interval can exclude the value itself.)
 *
 * @example frechetDistance(projection.project(real), projection.project(generated), { extractor: "pca64" })
 */
export function frechetDistance(
  real: Data,
  generated: Data,
  options: FrechetOptions,
): FrechetDistance {
  const { extractor, seed = 0 } = options ?? {};
  if (typeof extractor !== "string" || extractor === "")
    throw invalid("frechetDistance", "extractor must name what made the features", extractor);
  const size = sizeOf(real.shape);
  const counts = {
    real: checkData("frechetDistance", real, 2),
    generated: checkData("frechetDistance", generated, 2),
  };
  if (sizeOf(generated.shape) !== size)
    throw invalid(
      "frechetDistance",
      `both sets must have ${size} features`,
      sizeOf(generated.shape),
    );
  const [p, q] = [centred(real), centred(generated)];
  const rank = Math.max(p.factor.length, q.factor.length) / size;
  const fewest = Math.min(counts.real, counts.generated);
  const few = fewest < 2 * FEWEST_GROUPS;
  const standard = rank > LARGEST_RANK || few ? 0 : Math.min(20, fewest >> 1);
  const { groups = standard } = options;
  const value = frechetOfFactors(p.mean, p.factor, q.mean, q.factor);
  const common = { name: frechetName(extractor), value, counts, size, groups, seed };
  if (groups === 0) return { ...common, low: null, high: null, standardError: null, bias: null };
  const ofReal = groupJackknife(p, q, groups, seed);
  const ofGenerated = groupJackknife(q, p, groups, seed);
  const standardError = Math.sqrt(ofReal.variance + ofGenerated.variance);
  const half = studentQuantile(groups - 1) * standardError;
  const bias = ofReal.bias + ofGenerated.bias;
  return { ...common, low: Math.max(0, value - half), high: value + half, standardError, bias };
}

/** Few samples are their own factor; many are summed to a covariance first. */
function centred(data: Data): Centred {
  const size = sizeOf(data.shape);
  const count = data.values.length / size;
  const rows = rowsInUnits("frechetDistance", data, 0, count);
  const mean = meanOf(rows, size);
  for (let i = 0; i < rows.length; ) for (let j = 0; j < size; j++, i++) rows[i]! -= mean[j]!;
  const unit = 1 / Math.sqrt(count - 1);
  if (count <= size) return { rows, count, mean, factor: rows.map((value) => value * unit) };
  const { covariance } = featureStatistics(dataOf(rows, [size]));
  return { rows, count, mean, factor: semidefiniteFactor(covariance, size) };
}
