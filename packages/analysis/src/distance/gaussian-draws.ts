import {
  checkData,
  type Data,
  invalid,
  type Multiply,
  philoxNoise,
  simdMultiply,
  sizeOf,
} from "@symbreak/core";

/** Settings of {@link gaussianDraws}. */
export interface GaussianDrawsOptions {
  /** Default 0. */
  readonly seed?: number;
  readonly multiply?: Multiply;
}

/** Samples that the draws are sums of, at most: what a covariance needs, and no more work. */
const MOST = 10_000;

/**
 * Draws from N(mean, C), the Gaussian with the mean and covariance (1/N) of data: what a late start begins from, and what a
 * measure must not take for real. Of bytes they are bytes, rounded and cut off at 0 and 255 as samples are.
 *
 * A draw is mean + Σ z_i (x_i − mean)/√N over the data with standard normal z: exact in any dimension, without an eigenproblem;
 * count × N × d products. Of more than 10,000 samples as many are taken, evenly.
 *
 * @param count how many draws
 * @returns the draws in the shape and units of the data, without labels
 */
export async function gaussianDraws(
  data: Data,
  count: number,
  { seed = 0, multiply = simdMultiply }: GaussianDrawsOptions = {},
): Promise<Data> {
  const where = "gaussianDraws";
  const available = checkData(where, data, 2);
  if (!Number.isInteger(count) || count < 1)
    throw invalid(where, "count must be a positive integer", count);
  const { values, shape, units } = data;
  const size = sizeOf(shape);
  const inner = Math.min(available, MOST);
  const mean = new Float64Array(size);
  const rows = new Float64Array(inner * size);
  for (let i = 0; i < inner; i++) {
    const first = Math.floor((i * available) / inner) * size;
    for (let j = 0; j < size; j++) {
      const value = values[first + j]!;
      rows[i * size + j] = value;
      mean[j]! += value / inner;
    }
  }
  for (let i = 0; i < rows.length; i++) rows[i]! -= mean[i % size]!;
  const weights = new Float64Array(count * inner);
  philoxNoise(seed)(weights, inner, 0);
  const scale = 1 / Math.sqrt(inner);
  const sums = await multiply(weights, rows, { rows: count, inner, columns: size });
  const drawn = Float64Array.from(sums, (sum, i) => mean[i % size]! + scale * sum);
  const isBytes = values instanceof Uint8Array;
  const kept = isBytes ? new Uint8Array(Uint8ClampedArray.from(drawn).buffer) : drawn;
  return { values: kept, count, shape, units };
}
