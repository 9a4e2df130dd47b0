import {
  checkData,
  type Data,
  dataOf,
  invalid,
  type Moments,
  rowsInUnits,
  simdMultiply,
  sizeOf,
} from "@symbreak/core";

/** Features without a network: coordinates along the top principal directions of the real data. */
export interface PixelProjection {
  /** "pca64" for 64 directions: the distance on them is called FD-pca64. */
  readonly extractor: string;
  /** Features of samples in the same units as the moments, count × k. */
  project(data: Data): Data;
}

/** Samples projected at once. */
const BLOCK = 1024;

/**
 * The projection on the k largest principal directions in `moments` (of the real data), which must have as many.
 *
 * @example const { project } = pixelProjection(await moments(real), 64)
 */
export function pixelProjection(
  { size, mean, covariance }: Moments,
  k: number = 64,
): PixelProjection {
  const where = "pixelProjection";
  if (covariance.kind !== "spectral")
    throw invalid(where, "moments must have eigenvectors", covariance.kind);
  const rank = covariance.eigenvalues.length;
  if (!Number.isInteger(k) || k < 1 || k > rank)
    throw invalid(where, `k must be an integer from 1 to ${rank}, all that the moments have`, k);
  const directions = covariance.eigenvectors.subarray(0, k * size);
  const project = (data: Data): Data => {
    const count = checkData(where, data);
    const given = sizeOf(data.shape);
    if (given !== size) throw invalid(where, `samples must have ${size} numbers`, given);
    const values = new Float64Array(count * k);
    for (let first = 0; first < count; first += BLOCK) {
      const last = Math.min(first + BLOCK, count);
      const rows = rowsInUnits(where, data, first, last);
      for (let i = 0; i < rows.length; ) for (let j = 0; j < size; j++, i++) rows[i]! -= mean[j]!;
      const shape = { rows: last - first, inner: size, columns: k, transposeB: true };
      values.set(simdMultiply(rows, directions, shape), first * k);
    }
    return dataOf(values, [k]);
  };
  return { extractor: `pca${k}`, project };
}
