import { checkData, type Data, invalid, simdMultiply } from "@symbreak/core";
import { nuclearNorm } from "@symbreak/core/linalg";
import { sampleCovariance } from "../moments/sample-covariance.ts";
import { semidefiniteFactor } from "./semidefinite-factor.ts";

/** Mean and unbiased covariance of features: what Fréchet statistics files hold. */
export interface FeatureStatistics {
  readonly mean: Float64Array;
  /** 1/(n − 1), as `numpy.cov`; size × size. */
  readonly covariance: Float64Array;
}

/** The statistics of features, count × size, with at least two samples. */
export function featureStatistics(features: Data): FeatureStatistics {
  const count = checkData("featureStatistics", features, 2);
  const { mean, matrix } = sampleCovariance(features);
  return { mean, covariance: matrix.map((value) => (value * count) / (count - 1)) };
}

/**
 * Statistics from the arrays of a `.npz` file: `mu` with `sigma` (pytorch-fid, EDM, clean-fid) or with `cov` (the late-start
 * repository).
 */
export function statisticsFromArrays(
  arrays: Readonly<Record<string, ArrayLike<number> | undefined>>,
): FeatureStatistics {
  const where = "statisticsFromArrays";
  const { mu, sigma = arrays.cov } = arrays;
  if (mu === undefined || sigma === undefined)
    throw invalid(where, "arrays must have mu and sigma (or cov)", Object.keys(arrays).join(", "));
  if (mu.length === 0 || sigma.length !== mu.length ** 2)
    throw invalid(where, `sigma must have ${mu.length} × ${mu.length} elements`, sigma.length);
  const statistics = { mean: Float64Array.from(mu), covariance: Float64Array.from(sigma) };
  for (const [name, values] of [
    ["mu", statistics.mean] as const,
    ["sigma", statistics.covariance] as const,
  ])
    if (!values.every(Number.isFinite)) throw invalid(where, `${name} must be finite`, values);
  return statistics;
}

/**
 * The Fréchet distance of two statistics files, |μ_p − μ_q|² + Tr S_p + Tr S_q − 2 Tr √(S_p S_q).
 *
 * The last trace is the nuclear norm of F_p F_qᵀ for any factors S = FᵀF: always real, where a matrix square root of a singular
 * product is not. A singular covariance leaves an error of about 1e-7 of its trace; from features, `frechetDistance` has none.
 */
export function frechetFromStatistics(p: FeatureStatistics, q: FeatureStatistics): number {
  const size = p.mean.length;
  if (q.mean.length !== size)
    throw invalid("frechetFromStatistics", `both must have ${size} features`, q.mean.length);
  const [f, g] = [semidefiniteFactor(p.covariance, size), semidefiniteFactor(q.covariance, size)];
  return frechetOfFactors(p.mean, f, q.mean, g);
}

/** The Fréchet distance of two Gaussians by their means and any factors of their covariances, rank × size each. */
export function frechetOfFactors(
  pMean: Float64Array,
  pFactor: Float64Array,
  qMean: Float64Array,
  qFactor: Float64Array,
): number {
  const size = pMean.length;
  const [rows, columns] = [pFactor.length / size, qFactor.length / size];
  const product = simdMultiply(pFactor, qFactor, { rows, inner: size, columns, transposeB: true });
  const overlap = nuclearNorm(product, rows, columns);
  const apart = pMean.map((value, j) => value - qMean[j]!);
  const distance = squares(apart) + squares(pFactor) + squares(qFactor) - 2 * overlap;
  return Math.max(0, distance);
}

function squares(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  return sum;
}
