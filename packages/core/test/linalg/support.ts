import { philoxNoise } from "../../src/index.ts";

/** Standard normals, the same for the same seed. */
export function normals(length: number, seed: number): Float64Array {
  const out = new Float64Array(length);
  philoxNoise(seed)(out, length, 0);
  return out;
}

/** A rows × columns matrix with orthonormal rows (Gram–Schmidt on normals). */
export function orthonormalRows(rows: number, columns: number, seed: number): Float64Array {
  const matrix = normals(rows * columns, seed);
  for (let i = 0; i < rows; i++) {
    const row = matrix.subarray(i * columns, (i + 1) * columns);
    for (let pass = 0; pass < 2; pass++)
      for (let j = 0; j < i; j++) {
        const other = matrix.subarray(j * columns, (j + 1) * columns);
        const along = row.reduce((sum, value, k) => sum + value * other[k]!, 0);
        row.forEach((_, k) => {
          row[k]! -= along * other[k]!;
        });
      }
    const length = Math.hypot(...row);
    row.forEach((_, k) => {
      row[k]! /= length;
    });
  }
  return matrix;
}

/** The product in three plain loops. */
export function plainProduct(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { rows, inner, columns }: { rows: number; inner: number; columns: number },
): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++)
      for (let k = 0; k < inner; k++)
        out[i * columns + j]! += a[i * inner + k]! * b[k * columns + j]!;
  return out;
}

/** The symmetric n × n matrix Σ values[i] · rows_i rows_iᵀ. */
export function symmetricFrom(
  values: ArrayLike<number>,
  rows: Float64Array,
  n: number,
): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < values.length; i++)
    for (let r = 0; r < n; r++)
      for (let c = 0; c < n; c++)
        out[r * n + c]! += values[i]! * rows[i * n + r]! * rows[i * n + c]!;
  return out;
}

/** Largest |a_i − b_i|. */
export function largestGap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let gap = 0;
  for (let i = 0; i < a.length; i++) gap = Math.max(gap, Math.abs(a[i]! - b[i]!));
  return gap;
}
