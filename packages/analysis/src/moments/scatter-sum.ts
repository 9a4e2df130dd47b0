import { type DotProducts, float64Products, int16Products } from "@symbreak/core";
import { checkFinite, type Data } from "../data.ts";

/** Samples summed at once. Of bytes, 512 products stay below 2³¹; more leave fewer coordinates that are 0 throughout. */
const BLOCK = 512;

/** Rows written at once, so that each store of the transposition fills a piece of a cache line. */
const ROWS = 8;

/** First and second moments of what was added so far, about a fixed `shift`, in the units of the values. */
export interface ScatterSum {
  count: number;
  readonly shift: Float64Array;
  /** Σ (x − shift) */
  readonly sum: Float64Array;
  /** Σ (x − shift)(x − shift)ᵀ, upper triangle of size × size. */
  readonly products: Float64Array;
}

/**
 * Adds samples to a scatter sum, a block at a time, by a dense product of the coordinates that are not 0 throughout the
 * block (half of MNIST's).
 *
 * Bytes are summed about 0 in integers: exact. Floats are summed about the mean of the first block, so that data far
 * from 0 keep their digits.
 */
export function scatterAdder(
  where: string,
  size: number,
  bytes: boolean,
): { add: (values: Data["values"]) => void; sums: ScatterSum } {
  const block = bytes ? int16Products(size, BLOCK) : float64Products(size, BLOCK);
  const sums: ScatterSum = {
    count: 0,
    shift: new Float64Array(size),
    sum: new Float64Array(size),
    products: new Float64Array(size * size),
  };
  const add = (values: Data["values"]): void => {
    for (let first = 0; first < values.length; first += BLOCK * size) {
      const rows = values.subarray(first, first + BLOCK * size);
      if (!bytes && sums.count === 0) sums.shift.set(meanOf(rows, size));
      const active = addSums(rows, sums);
      if (!bytes && !sums.sum.every(Number.isFinite)) checkFinite(where, rows, size, sums.count);
      transpose(rows, size, sums.shift, active, block);
      block.c.fill(0);
      block.run(active.length);
      addProducts(block, active, sums);
      sums.count += rows.length / size;
    }
  };
  return { add, sums };
}

function meanOf(rows: Data["values"], size: number): Float64Array {
  const mean = new Float64Array(size);
  const count = rows.length / size;
  for (let i = 0; i < rows.length; ) for (let j = 0; j < size; j++, i++) mean[j]! += rows[i]!;
  return mean.map((value) => value / count);
}

/** Adds the rows to the first moments; returns the coordinates that are not equal to their shift throughout. */
function addSums(rows: Data["values"], { shift, sum }: ScatterSum): Int32Array {
  const size = shift.length;
  if (rows instanceof Uint8Array) {
    const added = byteSums(rows, size);
    for (let j = 0; j < size; j++) sum[j]! += added[j]!;
    return Int32Array.from(added.keys()).filter((j) => added[j] !== 0);
  }
  const active = new Uint8Array(size);
  for (let i = 0; i < rows.length; )
    for (let j = 0; j < size; j++, i++) {
      const value = rows[i]! - shift[j]!;
      sum[j]! += value;
      if (value !== 0) active[j] = 1;
    }
  return Int32Array.from(active.keys()).filter((j) => active[j] === 1);
}

function byteSums(rows: Uint8Array, size: number): Int32Array {
  const sums = new Int32Array(size);
  for (let i = 0; i < rows.length; ) for (let j = 0; j < size; j++, i++) sums[j]! += rows[i]!;
  return sums;
}

/** One row of the kernel's operand for each active coordinate, one column for each sample. */
function transpose(
  rows: Data["values"],
  size: number,
  shift: Float64Array,
  active: Int32Array,
  { a, stride }: DotProducts<Int16Array> | DotProducts<Float64Array>,
): void {
  const count = rows.length / size;
  if (count < stride) a.fill(0);
  for (let i = 0; i < count; i += ROWS) {
    const height = Math.min(ROWS, count - i);
    for (let s = 0; s < active.length; s++) {
      const j = active[s]!;
      const center = shift[j]!;
      const to = s * stride + i;
      for (let r = 0, at = i * size + j; r < height; r++, at += size)
        a[to + r] = rows[at]! - center;
    }
  }
}

/** Moves the block's products to their places among all coordinates. */
function addProducts(
  { c, cStride }: DotProducts<Int16Array> | DotProducts<Float64Array>,
  active: Int32Array,
  { products, shift }: ScatterSum,
): void {
  const size = shift.length;
  for (let r = 0; r < active.length; r++) {
    const row = active[r]! * size;
    const from = r * cStride;
    for (let s = r; s < active.length; s++) products[row + active[s]!]! += c[from + s]!;
  }
}
