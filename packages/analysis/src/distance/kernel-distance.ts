import { invalid, type Multiply, simdMultiply } from "@symbreak/core";
import { countOf, type Data, scaledRows } from "../data.ts";
import { permutation } from "../statistics/permutation.ts";

/** Settings of {@link kernelDistance}. */
export interface KernelOptions {
  /** Default 100; 1 with all samples when a set has no more than `subsetSize`. */
  readonly subsets?: number;
  /** Samples of either set in a subset. Default 1000. */
  readonly subsetSize?: number;
  /** Of the subsets. Default 0. */
  readonly seed?: number;
  readonly multiply?: Multiply;
}

/** A kernel distance with its protocol. */
export interface KernelDistance {
  /** The mean over the subsets; may be negative, being unbiased. */
  readonly value: number;
  /** Spread of the subsets (not of the mean); null for one. */
  readonly standardDeviation: number | null;
  readonly subsets: number;
  readonly counts: { readonly real: number; readonly generated: number };
  readonly size: number;
  readonly seed: number;
}

/**
 * The kernel (Inception) distance: unbiased MMD² with the kernel (x·y/d + 1)³ (Bińkowski et al. 2018), averaged over seeded
 * subsets, or of all samples at once where they are few.
 *
 * Unlike the Fréchet distance it has no bias at small n.
 */
export async function kernelDistance(
  real: Data,
  generated: Data,
  options: KernelOptions = {},
): Promise<KernelDistance> {
  const { subsetSize = 1000, seed = 0, multiply = simdMultiply } = options;
  const where = "kernelDistance";
  const counts = { real: countOf(where, real, 2), generated: countOf(where, generated, 2) };
  const { size } = real;
  if (generated.size !== size)
    throw invalid(where, `both sets must have ${size} features`, generated.size);
  if (!Number.isInteger(subsetSize) || subsetSize < 2)
    throw invalid(where, "subsetSize must be an integer of at least 2", subsetSize);
  const whole = Math.max(counts.real, counts.generated) <= subsetSize;
  const { subsets = whole ? 1 : 100 } = options;
  if (!Number.isInteger(subsets) || subsets < 1)
    throw invalid(where, "subsets must be a positive integer", subsets);
  const x = scaledRows(where, real, 0, counts.real);
  const y = scaledRows(where, generated, 0, counts.generated);
  const values: number[] = [];
  for (let subset = 0; subset < subsets; subset++) {
    const p = whole ? x : choose(x, size, subsetSize, seed, 2 * subset);
    const q = whole ? y : choose(y, size, subsetSize, seed, 2 * subset + 1);
    values.push(await unbiased(p, q, size, multiply));
  }
  const value = values.reduce((sum, one) => sum + one, 0) / subsets;
  const spread = values.reduce((sum, one) => sum + (one - value) ** 2, 0) / (subsets - 1);
  const standardDeviation = subsets > 1 ? Math.sqrt(spread) : null;
  return { value, standardDeviation, subsets, counts, size, seed };
}

/** Some of the rows, without replacement; all, in another order, when there are not more. */
function choose(
  rows: Float64Array,
  size: number,
  many: number,
  seed: number,
  draw: number,
): Float64Array {
  const chosen = permutation(rows.length / size, seed, draw).subarray(0, many);
  const out = new Float64Array(chosen.length * size);
  chosen.forEach((row, place) => {
    out.set(rows.subarray(row * size, (row + 1) * size), place * size);
  });
  return out;
}

/** Σ_{i≠j} k(x_i, x_j)/n(n−1) + Σ_{i≠j} k(y_i, y_j)/m(m−1) − 2 Σ k(x_i, y_j)/nm */
async function unbiased(
  x: Float64Array,
  y: Float64Array,
  size: number,
  multiply: Multiply,
): Promise<number> {
  const [n, m] = [x.length / size, y.length / size];
  const within = async (rows: Float64Array, count: number): Promise<number> => {
    const kernel = await kernelSums(rows, rows, size, multiply);
    return (kernel.all - kernel.diagonal) / (count * (count - 1));
  };
  const between = await kernelSums(x, y, size, multiply);
  return (await within(x, n)) + (await within(y, m)) - (2 * between.all) / (n * m);
}

async function kernelSums(
  x: Float64Array,
  y: Float64Array,
  size: number,
  multiply: Multiply,
): Promise<{ all: number; diagonal: number }> {
  const [rows, columns] = [x.length / size, y.length / size];
  const products = await multiply(x, y, { rows, inner: size, columns, transposeB: true });
  let [all, diagonal] = [0, 0];
  for (let i = 0, at = 0; i < rows; i++)
    for (let j = 0; j < columns; j++, at++) {
      const base = products[at]! / size + 1;
      const value = base * base * base;
      all += value;
      if (i === j) diagonal += value;
    }
  return { all, diagonal };
}
