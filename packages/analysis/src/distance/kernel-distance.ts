import { checkData, type Data, invalid, type Multiply, rowsInUnits, sizeOf } from "@symbreak/core";
import { LARGEST_BYTE_SIZE } from "../neighbours/byte-distances.ts";
import { permutation } from "../statistics/permutation.ts";
import { sumBetween, sumWithin, TILE } from "./kernel-sums.ts";
import { givenProducts, ownProducts, type Rows } from "./row-products.ts";

/** Settings of {@link kernelDistance}. */
export interface KernelOptions {
  /** Default 100; 1 with all samples when a set has no more than `subsetSize`. */
  readonly subsets?: number;
  /** Samples of either set in a subset. Default 1000. */
  readonly subsetSize?: number;
  /** Of the subsets. Default 0. */
  readonly seed?: number;
  /** For the large products. Default: exact integers for bytes under one scale, double precision for the rest. */
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
  const { subsetSize = 1000, seed = 0, multiply } = options;
  const where = "kernelDistance";
  const counts = { real: checkData(where, real, 2), generated: checkData(where, generated, 2) };
  const size = sizeOf(real.shape);
  if (sizeOf(generated.shape) !== size)
    throw invalid(where, `both sets must have ${size} features`, sizeOf(generated.shape));
  if (!Number.isInteger(subsetSize) || subsetSize < 2)
    throw invalid(where, "subsetSize must be an integer of at least 2", subsetSize);
  const whole = Math.max(counts.real, counts.generated) <= subsetSize;
  const { subsets = whole ? 1 : 100 } = options;
  if (!Number.isInteger(subsets) || subsets < 1)
    throw invalid(where, "subsets must be a positive integer", subsets);
  const bytes = multiply === undefined && areBytes(real) && areBytes(generated);
  const x = storedAs(bytes, where, real, counts.real);
  const y = storedAs(bytes, where, generated, counts.generated);
  const most = Math.min(TILE, subsetSize, Math.max(counts.real, counts.generated));
  const products = multiply ? givenProducts(multiply) : ownProducts(bytes, most, size);
  const values: number[] = [];
  for (let subset = 0; subset < subsets; subset++) {
    const p = choose(counts.real, subsetSize, seed, 2 * subset);
    const q = choose(counts.generated, subsetSize, seed, 2 * subset + 1);
    const [n, m] = [p.length, q.length];
    const within =
      (await sumWithin(x, p, products)) / (n * (n - 1)) +
      (await sumWithin(y, q, products)) / (m * (m - 1));
    values.push(within - (2 * (await sumBetween(x, p, y, q, products))) / (n * m));
  }
  const value = values.reduce((sum, one) => sum + one, 0) / subsets;
  const spread = values.reduce((sum, one) => sum + (one - value) ** 2, 0) / (subsets - 1);
  const standardDeviation = subsets > 1 ? Math.sqrt(spread) : null;
  return { value, standardDeviation, subsets, counts, size, seed };
}

/** Some of the rows, without replacement; all when there are not more. */
function choose(count: number, many: number, seed: number, draw: number): Int32Array {
  return count <= many
    ? Int32Array.from({ length: count }, (_, row) => row)
    : permutation(count, seed, draw).subarray(0, many);
}

/** Bytes stay bytes under one factor and one offset: their products are exact integers. */
function storedAs(bytes: boolean, where: string, data: Data, count: number): Rows {
  const { values, shape, units } = data;
  const size = sizeOf(shape);
  if (!bytes || !(values instanceof Uint8Array)) {
    const rows = rowsInUnits(where, data, 0, count);
    return { values: rows, size, factor: 1, offset: 0, sums: new Float64Array(count) };
  }
  const sums = new Float64Array(count);
  for (let i = 0; i < values.length; i++) sums[Math.floor(i / size)]! += values[i]!;
  return { values, size, factor: units.a[0]!, offset: units.b[0]!, sums };
}

function areBytes({ values, shape, units }: Data): boolean {
  const one = (numbers: readonly number[]) => numbers.every((value) => value === numbers[0]);
  const uniform = one(units.a) && one(units.b);
  return values instanceof Uint8Array && uniform && sizeOf(shape) <= LARGEST_BYTE_SIZE;
}
