import { invalid } from "../invalid.ts";
import { bidiagonalise } from "./bidiagonalise.ts";
import { tridiagonalEigen } from "./tridiagonal-eigen.ts";

/**
 * The nuclear norm of a rows × columns matrix (row-major): the sum of its singular values, tr √(MᵀM).
 *
 * Householder bidiagonalisation, then the singular values as the eigenvalues ±sigma of the Golub–Kahan tridiagonal.
 * Backward stable: each singular value is right to about ε·‖M‖, where the square root of a Gram matrix's eigenvalue
 * would keep only √ε·‖M‖ of the small ones. `matrix` is not changed.
 */
export function nuclearNorm(matrix: Float64Array, rows: number, columns: number): number {
  if (matrix.length !== rows * columns)
    throw invalid("nuclearNorm", `matrix must have ${rows} × ${columns} elements`, matrix.length);
  if (matrix.length === 0) return 0;
  const tall = rows >= columns;
  const bidiagonal = tall
    ? bidiagonalise(matrix, rows, columns)
    : bidiagonalise(transpose(matrix, rows, columns), columns, rows);
  const pairs = tridiagonalEigen(new Float64Array(bidiagonal.length + 1), bidiagonal);
  return pairs.reduce((sum, value) => sum + Math.abs(value), 0) / 2;
}

function transpose(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(matrix.length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) out[j * rows + i] = matrix[i * columns + j]!;
  return out;
}
