import { float64Products } from "@symbreak/core/linalg";

/** Pivots below this share of the largest are round-off of a singular matrix. */
const ROUND_OFF = 1e-14;

/** Rows of the factor whose products are taken from the matrix at once. */
const PANEL = 32;

/**
 * A factor F (rank × n, row-major) of a positive semi-definite matrix, `matrix = Fᵀ F`, by Cholesky with pivots: a singular
 * matrix ends it early. Higham 2002, "Accuracy and Stability of Numerical Algorithms", section 10.3; in panels as LAPACK's dpstrf.
 */
export function semidefiniteFactor(matrix: Float64Array, n: number): Float64Array {
  const left = Float64Array.from({ length: n }, (_, j) => matrix[j * n + j]!);
  const largest = left.reduce((most, value) => Math.max(most, value), 0);
  const rows: Float64Array[] = [];
  const done = new Uint8Array(n);
  const explained = float64Products(n, PANEL);
  while (rows.length < n) {
    let pivot = -1;
    for (let j = 0; j < n; j++)
      if (done[j] === 0 && (pivot < 0 || left[j]! > left[pivot]!)) pivot = j;
    if (!(left[pivot]! > n * ROUND_OFF * largest)) break;
    const row = remainder(matrix, explained, pivot, n);
    for (const earlier of rows.slice(rows.length - (rows.length % PANEL))) {
      const weight = earlier[pivot]!;
      for (let j = 0; j < n; j++) row[j]! -= weight * earlier[j]!;
    }
    const scale = 1 / Math.sqrt(row[pivot]!);
    for (let j = 0; j < n; j++) row[j] = done[j] === 1 ? 0 : row[j]! * scale;
    for (let j = 0; j < n; j++) left[j]! -= row[j]! * row[j]!;
    done[pivot] = 1;
    rows.push(row);
    if (rows.length % PANEL === 0) explain(explained, rows.slice(-PANEL));
  }
  const factor = new Float64Array(rows.length * n);
  rows.forEach((row, i) => {
    factor.set(row, i * n);
  });
  return factor;
}

type Products = ReturnType<typeof float64Products>;

/** The row of the matrix less what the finished panels explain, of which the upper triangle is known. */
function remainder(
  matrix: Float64Array,
  { c, cStride }: Products,
  pivot: number,
  n: number,
): Float64Array {
  const row = matrix.slice(pivot * n, (pivot + 1) * n);
  for (let j = 0; j < pivot; j++) row[j]! -= c[j * cStride + pivot]!;
  for (let j = pivot; j < n; j++) row[j]! -= c[pivot * cStride + j]!;
  return row;
}

function explain({ a, stride, run }: Products, panel: readonly Float64Array[]): void {
  panel.forEach((row, r) => {
    for (let j = 0; j < row.length; j++) a[j * stride + r] = row[j]!;
  });
  run();
}
