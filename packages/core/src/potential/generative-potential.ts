import { type Distribution, type Level, row } from "../distribution/distribution.ts";
import type { GaussianMixture } from "../distribution/gaussian-mixture.ts";
import { invalid } from "../invalid.ts";
import { symmetricEigenvalues } from "../linalg/symmetric-eigenvalues.ts";
import type { Samples } from "../samples.ts";

/**
 * The generative potential of the reverse VP SDE per unit of beta, u/beta = −|x|²/4 − ln p_t(x), one a sample.
 *
 * Generation is dX = −∇u dt + √beta dW (Raya and Ambrogioni 2023, eq. 8; u = −g² ln p + ∫f with f = −beta x/2 and
 * g² = beta). Symmetry breaking is the splitting of its wells. `level` must be variance preserving.
 */
export function generativePotential(
  distribution: Distribution,
  x: Samples,
  level: Level,
): Float64Array {
  checkVariancePreserving("generativePotential", level);
  const out = distribution.logDensity(x, level);
  const { size } = distribution;
  for (let n = 0; n < out.length; n++) {
    let square = 0;
    for (let i = n * size; i < (n + 1) * size; i++) square += x[i]! * x[i]!;
    out[n] = -0.25 * square - out[n]!;
  }
  return out;
}

/** ∇u/beta = −x/2 − score, from the score at x (count × size). */
export function potentialGradient(x: Samples, score: Samples, level: Level): Float64Array {
  checkVariancePreserving("potentialGradient", level);
  const out = new Float64Array(x.length);
  for (let i = 0; i < out.length; i++) out[i] = -0.5 * x[i]! - score[i]!;
  return out;
}

/** The curvatures of u/beta at each x, descending, count × size: a negative one means that x is unstable. */
export function potentialSpectrum(
  mixture: GaussianMixture,
  x: Samples,
  level: Level,
): Float64Array {
  checkVariancePreserving("potentialSpectrum", level);
  const { size } = mixture;
  const hessians = mixture.hessian(x, level);
  const out = new Float64Array(x.length);
  for (let n = 0; n * size < x.length; n++) {
    const matrix = row(hessians, size * size, n).map((value) => -value);
    for (let i = 0; i < size; i++) matrix[i * size + i]! -= 0.5;
    out.set(symmetricEigenvalues(matrix, size), n * size);
  }
  return out;
}

/** The potential of the VP SDE is no potential at another process's level; float32 tables miss 1 by 1e-7. */
function checkVariancePreserving(where: string, { alpha, sigma }: Level): void {
  const total = alpha * alpha + sigma * sigma;
  if (!(Math.abs(total - 1) < 1e-5))
    throw invalid(
      where,
      "level must have alpha² + sigma² = 1; rescale x and level by √(alpha² + sigma²)",
      total,
    );
}
