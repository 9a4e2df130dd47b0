/** Pivots below this share of the largest are round-off of a singular matrix. */
const ROUND_OFF = 1e-14;

/**
 * A factor F (rank × n, row-major) of a positive semi-definite matrix, `matrix = Fᵀ F`, by Cholesky with pivots: a singular
 * matrix ends it early. Higham 2002, "Accuracy and Stability of Numerical Algorithms", section 10.3.
 */
export function semidefiniteFactor(matrix: Float64Array, n: number): Float64Array {
  const left = Float64Array.from({ length: n }, (_, j) => matrix[j * n + j]!);
  const largest = left.reduce((most, value) => Math.max(most, value), 0);
  const rows: Float64Array[] = [];
  const done = new Uint8Array(n);
  while (rows.length < n) {
    let pivot = -1;
    for (let j = 0; j < n; j++)
      if (done[j] === 0 && (pivot < 0 || left[j]! > left[pivot]!)) pivot = j;
    if (!(left[pivot]! > n * ROUND_OFF * largest)) break;
    const row = matrix.slice(pivot * n, (pivot + 1) * n);
    for (const earlier of rows) {
      const weight = earlier[pivot]!;
      for (let j = 0; j < n; j++) row[j]! -= weight * earlier[j]!;
    }
    const scale = 1 / Math.sqrt(row[pivot]!);
    for (let j = 0; j < n; j++) row[j] = done[j] === 1 ? 0 : row[j]! * scale;
    for (let j = 0; j < n; j++) left[j]! -= row[j]! * row[j]!;
    done[pivot] = 1;
    rows.push(row);
  }
  const factor = new Float64Array(rows.length * n);
  rows.forEach((row, i) => {
    factor.set(row, i * n);
  });
  return factor;
}
