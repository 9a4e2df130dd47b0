import { invalid } from "../invalid.ts";
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
  const work = tall ? Float64Array.from(matrix) : transpose(matrix, rows, columns);
  const bidiagonal = bidiagonalise(work, tall ? rows : columns, tall ? columns : rows);
  const pairs = tridiagonalEigen(new Float64Array(bidiagonal.length + 1), bidiagonal);
  return pairs.reduce((sum, value) => sum + Math.abs(value), 0) / 2;
}

/** The upper bidiagonal of `a` (rows ≥ columns, overwritten): d_0, e_0, d_1, e_1, …, d_{columns − 1}. */
function bidiagonalise(a: Float64Array, rows: number, columns: number): Float64Array {
  const bidiagonal = new Float64Array(2 * columns - 1);
  const left = new Float64Array(rows);
  const right = new Float64Array(columns);
  const dots = new Float64Array(columns);
  for (let k = 0; k < columns; k++) {
    for (let i = k; i < rows; i++) left[i] = a[i * columns + k]!;
    bidiagonal[2 * k] = reflector(left, k, rows);
    dots.fill(0);
    for (let i = k; i < rows; i++) {
      const row = i * columns;
      const weight = left[i]!;
      for (let j = k + 1; j < columns; j++) dots[j]! += weight * a[row + j]!;
    }
    for (let i = k; i < rows; i++) {
      const row = i * columns;
      const weight = left[i]!;
      for (let j = k + 1; j < columns; j++) a[row + j]! -= weight * dots[j]!;
    }
    if (k === columns - 1) break;
    for (let j = k + 1; j < columns; j++) right[j] = a[k * columns + j]!;
    bidiagonal[2 * k + 1] = reflector(right, k + 1, columns);
    for (let i = k + 1; i < rows; i++) {
      const row = i * columns;
      let dot = 0;
      for (let j = k + 1; j < columns; j++) dot += a[row + j]! * right[j]!;
      for (let j = k + 1; j < columns; j++) a[row + j]! -= dot * right[j]!;
    }
  }
  return bidiagonal;
}

/**
 * Turns v[from … to) into the Householder vector that maps it to its first axis, scaled to |v|² = 2 (I − v vᵀ
 * reflects), and returns the length (with sign) that it maps to; a zero vector stays zero.
 */
function reflector(v: Float64Array, from: number, to: number): number {
  let largest = 0;
  for (let i = from; i < to; i++) largest = Math.max(largest, Math.abs(v[i]!));
  if (largest === 0) return 0;
  let squares = 0;
  for (let i = from; i < to; i++) {
    v[i]! /= largest;
    squares += v[i]! * v[i]!;
  }
  const length = Math.sqrt(squares);
  const first = v[from]!;
  const image = first > 0 ? -length : length;
  v[from] = first - image;
  const scale = 1 / Math.sqrt(length * (length + Math.abs(first)));
  for (let i = from; i < to; i++) v[i]! *= scale;
  return image * largest;
}

function transpose(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(matrix.length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) out[j * rows + i] = matrix[i * columns + j]!;
  return out;
}
