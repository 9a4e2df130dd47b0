import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { invalid } from "../invalid.ts";

/** `matrix = Σ values[i] · vectors[i] vectors[i]ᵀ`. */
export interface Eigen {
  /** Descending. */
  readonly values: Float64Array;
  /** One orthonormal eigenvector a row, in the order of the values. */
  readonly vectors: Float64Array;
}

/**
 * All eigenvalues and eigenvectors of a symmetric n × n matrix (row-major; the two triangles must agree).
 *
 * ml-matrix's Householder reduction and QL: values to about n·ε·‖A‖. Time grows as n³ (784: some 4 s); for the few
 * largest of a large or implicit matrix use `lanczos`.
 */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  if (matrix.length !== n * n)
    throw invalid("symmetricEigen", `matrix must have ${n} × ${n} elements`, matrix.length);
  const rows = Array.from({ length: n }, (_, i) => matrix.subarray(i * n, (i + 1) * n));
  const found = new EigenvalueDecomposition(new Matrix(rows), { assumeSymmetric: true });
  const columns = found.eigenvectorMatrix;
  const ascending = found.realEigenvalues;
  const order = ascending.map((_, i) => i).sort((i, j) => ascending[j]! - ascending[i]!);
  const values = Float64Array.from(order, (i) => ascending[i]!);
  const vectors = new Float64Array(n * n);
  order.forEach((column, row) => {
    for (let k = 0; k < n; k++) vectors[row * n + k] = columns.get(k, column);
  });
  return { values, vectors };
}
