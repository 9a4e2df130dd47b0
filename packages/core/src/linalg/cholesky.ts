import { invalid } from "../invalid.ts";

/**
 * The lower Cholesky factor L of a symmetric positive definite matrix, `matrix = L Lᵀ`.
 *
 * `matrix` is n × n row-major and is not changed; only its lower triangle is read. Throws when a pivot is not
 * positive, which a singular or indefinite matrix gives.
 */
export function cholesky(matrix: Float64Array, n: number): Float64Array {
  if (matrix.length !== n * n)
    throw invalid("cholesky", `matrix must have ${n} × ${n} elements`, matrix.length);
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j <= i; j++) {
      const other = j * n;
      let sum = matrix[row + j]!;
      for (let k = 0; k < j; k++) sum -= factor[row + k]! * factor[other + k]!;
      if (j < i) factor[row + j] = sum / factor[other + j]!;
      else if (sum > 0) factor[row + i] = Math.sqrt(sum);
      else throw invalid("cholesky", `matrix must be positive definite (pivot ${i})`, sum);
    }
  }
  return factor;
}

/** Solves L y = b for a lower triangular L (n × n); returns a new y. */
export function solveLower(factor: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= factor[i * n + k]! * y[k]!;
    y[i] = sum / factor[i * n + i]!;
  }
  return y;
}

/** Solves Lᵀ x = b for a lower triangular L (n × n); returns a new x. */
export function solveLowerTransposed(factor: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const x = Float64Array.from(b);
  for (let i = n - 1; i >= 0; i--) {
    const value = x[i]! / factor[i * n + i]!;
    x[i] = value;
    for (let k = 0; k < i; k++) x[k]! -= factor[i * n + k]! * value;
  }
  return x;
}

/** Solves A x = b from A's Cholesky factor; returns a new x. */
export function solveCholesky(factor: Float64Array, b: Float64Array): Float64Array {
  return solveLowerTransposed(factor, solveLower(factor, b));
}

/** ln det A from A's Cholesky factor, nats. */
export function logDeterminant(factor: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.log(factor[i * n + i]!);
  return 2 * sum;
}
