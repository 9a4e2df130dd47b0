import { kernelsOf } from "../simd/instantiate.ts";
import { TIMES_ROWS, timesKernel, UPDATE_ROWS, updateKernel } from "./bidiagonal-kernels.ts";

const open = kernelsOf(() => ({ update: updateKernel(), times: timesKernel() }));

/**
 * The upper bidiagonal d_0, e_0, d_1, e_1, …, d_{columns − 1} of a rows × columns matrix (rows ≥ columns, row-major), by Householder
 * reflections from the left and the right (Golub & Van Loan, algorithm 5.4.2) in WebAssembly SIMD.
 *
 * The reflections of a column and a row are applied as one update of rank two, A − u xᵀ − y vᵀ, in the pass that sums the
 * next column's products.
 */
export function bidiagonalise(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const stride = even(columns);
  // The kernels' last rows may lie below the matrix; they stay zero.
  const height = even(rows) + TIMES_ROWS;
  const { kernels, buffer } = open(8 * (height * stride + 3 * height + 3 * stride));
  const a = new Float64Array(buffer, 0, height * stride);
  const tall = [0, 1, 2].map((i) => new Float64Array(buffer, 8 * (a.length + i * height), height));
  const wide = [0, 1, 2].map(
    (i) => new Float64Array(buffer, 8 * (a.length + 3 * height + i * stride), stride),
  );
  let [u, w, y] = tall as [Float64Array, Float64Array, Float64Array];
  let [x, dots, v] = wide as [Float64Array, Float64Array, Float64Array];
  for (let i = 0; i < rows; i++) a.set(matrix.subarray(i * columns, (i + 1) * columns), i * stride);

  const bidiagonal = new Float64Array(2 * columns - 1);
  for (let k = 0; k < columns; k++) {
    for (let i = k; i < rows; i++) w[i] = a[i * stride + k]! - u[i]! * x[k]! - y[i]! * v[k]!;
    bidiagonal[2 * k] = reflector(w, k, rows);
    if (k === columns - 1) break;
    // Vectors start at an even column: k itself may be touched, and is not read again.
    const first = even(k);
    const start = 8 * (k * stride + first);
    const across = 8 * (stride - first);
    const down = (of: Float64Array) => of.byteOffset + 8 * k;
    const along = (of: Float64Array) => of.byteOffset + 8 * first;
    dots.fill(0);
    kernels.update(
      ...[start, down(u), down(y), down(w), along(x), along(v), along(dots)],
      ...[8 * roundUp(rows - k, UPDATE_ROWS), 8 * stride, across],
    );
    v.fill(0);
    for (let j = k + 1; j < columns; j++) v[j] = a[k * stride + j]! - w[k]! * dots[j]!;
    bidiagonal[2 * k + 1] = reflector(v, k + 1, columns);
    kernels.times(
      ...[start, down(y), along(v), 8 * roundUp(rows - k, TIMES_ROWS), 8 * stride, across],
    );
    let shared = 0;
    for (let j = k + 1; j < columns; j++) shared += dots[j]! * v[j]!;
    for (let i = k; i < rows; i++) y[i]! -= w[i]! * shared;
    [u, w, x, dots] = [w, u, dots, x];
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

const roundUp = (value: number, multiple: number) => Math.ceil(value / multiple) * multiple;
const even = (value: number) => roundUp(value, 2);
