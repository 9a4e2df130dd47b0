import type { Moments } from "../moments.ts";
import type { Samples } from "../samples.ts";
import { applyFunction, covarianceMatrix, spectralCovariance } from "./covariance.ts";
import { type Level, row } from "./distribution.ts";
import type { Gaussian } from "./gaussian.ts";
import { identity } from "./identity.ts";

/** ∇∇ ln p_t = −Σ p_k C_k⁻¹ + Cov_k(score_k), with C_k the noised covariances; count × size × size. */
export function mixtureHessian(
  components: readonly Gaussian[],
  posterior: Float64Array,
  x: Samples,
  level: Level,
): Float64Array {
  const { size } = components[0]!;
  const curvatures = components.map(({ moments }) => {
    const noised = (variance: number) => -1 / (level.alpha ** 2 * variance + level.sigma ** 2);
    return applyFunction(moments.covariance, size, identity(size), noised);
  });
  const scores = components.map((component) => component.score(x, level));
  return totalCovariance(posterior, curvatures, scores, size);
}

/** Cov(x_0 | x_t) = Σ p_k Cov(x_0 | x_t, k) + Cov_k(E[x_0 | x_t, k]); count × size × size. */
export function mixturePosteriorCovariance(
  components: readonly Gaussian[],
  posterior: Float64Array,
  x: Samples,
  level: Level,
): Float64Array {
  const { size } = components[0]!;
  const within = components.map((c) => covarianceMatrix(c.posteriorCovariance(level), size));
  const means = components.map((component) => component.denoise(x, level));
  return totalCovariance(posterior, within, means, size);
}

/** Mean and covariance of the whole mixture, by its dense matrix. */
export function mixtureMoments(components: readonly Gaussian[], weights: Float64Array): Moments {
  const { size } = components[0]!;
  const within = components.map(({ moments }) => covarianceMatrix(moments.covariance, size));
  const means = components.map(({ moments }) => moments.mean);
  const matrix = totalCovariance(weights, within, means, size);
  const mean = average(weights, means);
  return { size, mean, covariance: spectralCovariance(matrix, size) };
}

/** The law of total covariance, a sample at a time: E[within] + Cov(means). `means[k]` is count × size. */
function totalCovariance(
  posterior: Float64Array,
  within: readonly Float64Array[],
  means: readonly Float64Array[],
  size: number,
): Float64Array {
  const parts = within.length;
  const count = posterior.length / parts;
  const out = new Float64Array(count * size * size);
  for (let n = 0; n < count; n++) {
    const p = row(posterior, parts, n);
    const sum = row(out, size * size, n);
    const centres = means.map((batch) => row(batch, size, n));
    const centre = average(p, centres);
    for (let k = 0; k < parts; k++) {
      const weight = p[k]!;
      if (weight === 0) continue; // its mean may be far enough away to overflow when squared
      for (let i = 0; i < size; i++) {
        const step = weight * (centres[k]![i]! - centre[i]!);
        for (let j = 0; j < size; j++)
          sum[i * size + j]! +=
            weight * within[k]![i * size + j]! + step * (centres[k]![j]! - centre[j]!);
      }
    }
  }
  return out;
}

function average(weights: Float64Array, rows: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(rows[0]!.length);
  rows.forEach((values, k) => {
    if (weights[k] === 0) return;
    for (let i = 0; i < out.length; i++) out[i]! += weights[k]! * values[i]!;
  });
  return out;
}
