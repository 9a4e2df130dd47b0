import { philoxNoise } from "@symbreak/core";

/** Correlated Gaussian rows: x_j = z_j/(j + 1) + z_{j−1}/2 + offset. */
export function correlatedRows(
  count: number,
  size: number,
  seed: number,
  offset: number = 0,
): Float64Array {
  const noise = new Float64Array(count * size);
  philoxNoise(seed)(noise, size, 0);
  return noise.map(
    (value, i) => value / ((i % size) + 1) + (i % size > 0 ? noise[i - 1]! / 2 : 0) + offset,
  );
}

/** Bytes, most of them 0, some coordinates always. */
export function sparseBytes(count: number, size: number, seed: number): Uint8Array {
  const noise = new Float64Array(count * size);
  philoxNoise(seed)(noise, size, 0);
  return Uint8Array.from(noise, (value, i) =>
    i % 7 === 0 || value < 0.5 ? 0 : Math.min(255, 90 * value),
  );
}

/** Mean and covariance (1/n) by their definition. */
export function plainCovariance(
  rows: ArrayLike<number>,
  size: number,
): { mean: Float64Array; matrix: Float64Array } {
  const count = rows.length / size;
  const mean = new Float64Array(size);
  for (let i = 0; i < rows.length; i++) mean[i % size]! += rows[i]! / count;
  const matrix = new Float64Array(size * size);
  for (let n = 0; n < count; n++)
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++)
        matrix[i * size + j]! +=
          ((rows[n * size + i]! - mean[i]!) * (rows[n * size + j]! - mean[j]!)) / count;
  return { mean, matrix };
}

/** The largest difference, relative to the largest element of the second. */
export function apart(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [difference, largest] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    difference = Math.max(difference, Math.abs(found[i]! - expected[i]!));
    largest = Math.max(largest, Math.abs(expected[i]!));
  }
  return found.length === expected.length ? difference / largest : Number.POSITIVE_INFINITY;
}
