import type { SpectralCovariance } from "@symbreak/core";
import { symmetricEigen } from "@symbreak/core/linalg";
import type { DataMoments } from "./moments.ts";
import type { SampleCovariance } from "./sample-covariance.ts";

/**
 * The moments of a dense covariance: all its eigenpairs.
 *
 * Coordinates that never vary (the margins of MNIST) are left out of the decomposition, whose time grows as the cube of
 * the rest; they have no eigenvector and variance 0.
 */
export function fullMoments({ size, mean, matrix, count, units }: SampleCovariance): DataMoments {
  const active: number[] = [];
  for (let j = 0; j < size; j++) if (matrix[j * size + j]! > 0) active.push(j);
  const rank = active.length;
  const part = new Float64Array(rank * rank);
  for (let i = 0; i < rank; i++)
    for (let j = 0; j < rank; j++) part[i * rank + j] = matrix[active[i]! * size + active[j]!]!;
  const { values, vectors } = rank > 0 ? symmetricEigen(part, rank) : NONE;
  const eigenvectors = new Float64Array(rank * size);
  for (let i = 0; i < rank; i++)
    for (let j = 0; j < rank; j++) eigenvectors[i * size + active[j]!] = vectors[i * rank + j]!;
  return { size, mean, count, units, covariance: spectral(values, eigenvectors) };
}

const NONE = { values: new Float64Array(0), vectors: new Float64Array(0) };

/** An exact covariance; negative round-off becomes 0. */
function spectral(values: Float64Array, eigenvectors: Float64Array): SpectralCovariance {
  const eigenvalues = values.map((value) => Math.max(0, value));
  return { kind: "spectral", eigenvalues, eigenvectors, residual: 0 };
}
