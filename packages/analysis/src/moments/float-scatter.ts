import { checkFinite } from "@symbreak/core";
import { float64Products } from "@symbreak/core/linalg";
import type { ScatterSum } from "./scatter-sum.ts";

/** Samples multiplied at once, in a second-level cache. */
const BLOCK = 256;

/** Samples transposed at once, so that each store fills a piece of a cache line. */
const ROWS = 8;

/**
 * Adds floats to a scatter sum, about the mean of the first block: data far from 0 keep their digits, for a mean that
 * moves by some standard deviations costs none.
 */
export function floatScatter(
  where: string,
  sums: ScatterSum,
): (values: Float32Array | Float64Array) => void {
  const { shift, sum, products } = sums;
  const size = shift.length;
  const block = float64Products(size, BLOCK);
  const { a, c, stride, cStride } = block;
  return (values) => {
    checkFinite(where, values, size, sums.count);
    if (sums.count === 0) shift.set(meanOf(values.subarray(0, BLOCK * size), size));
    const count = values.length / size;
    c.fill(0);
    for (let first = 0; first < count; first += BLOCK) {
      const height = Math.min(BLOCK, count - first);
      if (height < BLOCK) a.fill(0);
      for (let row = 0; row < height; row += ROWS) {
        const start = (first + row) * size;
        const rows = Math.min(ROWS, height - row);
        for (let j = 0; j < size; j++) {
          const [from, to, centre] = [start + j, j * stride + row, shift[j]!];
          let total = sum[j]!;
          for (let r = 0; r < rows; r++) {
            const deviation = values[from + r * size]! - centre;
            total += deviation;
            a[to + r] = deviation;
          }
          sum[j] = total;
        }
      }
      block.run();
    }
    for (let i = 0; i < size; i++)
      for (let j = i; j < size; j++) products[i * size + j]! += c[i * cStride + j]!;
    sums.count += count;
  };
}

/** The mean of rows. */
export function meanOf(rows: Float32Array | Float64Array, size: number): Float64Array {
  const mean = new Float64Array(size);
  const count = rows.length / size;
  for (let i = 0; i < rows.length; ) for (let j = 0; j < size; j++, i++) mean[j]! += rows[i]!;
  return mean.map((value) => value / count);
}
