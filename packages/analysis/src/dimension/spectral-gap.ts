import { checkKeys, invalid, type NoiseLevel, type Samples } from "@symbreak/core";
import { symmetricEigenvalues } from "@symbreak/core/linalg";
import type { Denoiser } from "@symbreak/samplers";
import { type JacobianOptions, linearised } from "../symmetry/linearised.ts";
import { unitVectors } from "../symmetry/trace.ts";

/** The spectrum of a denoiser's Jacobian at one state. */
export interface SpectralGap {
  /**
   * Eigenvalues of alpha ∂D/∂x (symmetric part), descending: 1 along directions in which the data are free at this noise,
   * 0 across them. Those of the score's Jacobian are (these − 1)/sigma².
   */
  readonly eigenvalues: readonly number[];
  /** Directions before the widest gap: the dimension of the data there. */
  readonly dimension: number;
  /** Width of that gap, 1 for a flat sheet of data without noise. */
  readonly gap: number;
}

/**
 * The dimension of the data at a state from the widest gap in the spectrum of the score's Jacobian (arXiv 2410.05898). On
 * the way to small noise a memorising network loses directions, those of high variance first (arXiv 2410.08727).
 *
 * As many products with the Jacobian as the state has numbers, in one call of the denoiser.
 *
 * @param x one noised sample
 */
export async function spectralGap(
  denoiser: Denoiser,
  x: Samples,
  level: NoiseLevel,
  options: JacobianOptions = {},
): Promise<SpectralGap> {
  checkKeys("spectralGap", options, ["product", "transposed"]);
  const line = linearised("spectralGap", denoiser, options);
  const { size } = line;
  if (x.length !== size || size < 2)
    throw invalid("spectralGap", `x must be one sample of ${size} numbers, at least 2`, x.length);
  if (!(level.alpha > 0 && level.sigma > 0))
    throw invalid("spectralGap", "level must have signal and noise", level);
  const rows = await line.product(Float64Array.from(x), level, unitVectors(size));
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++)
      matrix[i * size + j] = 0.5 * level.alpha * (rows[i * size + j]! + rows[j * size + i]!);
  const eigenvalues = Array.from(symmetricEigenvalues(matrix, size));
  const gaps = eigenvalues.slice(1).map((value, k) => eigenvalues[k]! - value);
  const gap = Math.max(...gaps);
  return { eigenvalues, dimension: gaps.indexOf(gap) + 1, gap };
}
