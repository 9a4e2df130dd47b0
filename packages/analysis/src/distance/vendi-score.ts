import { checkData, type Data, invalid, rowsInUnits, simdMultiply, sizeOf } from "@symbreak/core";
import { symmetricEigenvalues } from "@symbreak/core/linalg";

/**
 * The Vendi score (Friedman and Dieng 2023): exp of the entropy of the eigenvalues of K/n with the cosine kernel, the effective
 * number of different samples, from 1 (all alike) to min(n, d).
 *
 * One eigenproblem of size min(n, d).
 */
export function vendiScore(features: Data): number {
  const count = checkData("vendiScore", features);
  const size = sizeOf(features.shape);
  const rows = rowsInUnits("vendiScore", features, 0, count);
  for (let n = 0; n < count; n++) {
    const row = rows.subarray(n * size, (n + 1) * size);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    if (length === 0)
      throw invalid(
        "vendiScore",
        "no sample may be 0 throughout (it has no direction)",
        `sample ${n}`,
      );
    for (let j = 0; j < size; j++) row[j]! /= length;
  }
  const small = Math.min(count, size);
  const side = count <= size ? rows : transpose(rows, count, size);
  const shape = { rows: small, inner: Math.max(count, size), columns: small, transposeB: true };
  const gram = simdMultiply(side, side, shape).map((value) => value / count);
  const values = symmetricEigenvalues(gram, small);
  return Math.exp(values.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0));
}

function transpose(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(matrix.length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) out[j * rows + i] = matrix[i * columns + j]!;
  return out;
}
