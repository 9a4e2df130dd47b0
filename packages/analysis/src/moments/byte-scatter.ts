import { int16Products } from "@symbreak/core/linalg";
import type { ScatterSum } from "./scatter-sum.ts";

/** Samples multiplied at once: their sums stay below 2³¹. */
const BLOCK = 512;

/** Samples transposed at once, so that each store fills a piece of a cache line. */
const ROWS = 8;

/**
 * Adds bytes to a scatter sum about 0, in integers: exact.
 *
 * Each block is a dense product of the coordinates that are not 0 throughout it, and samples whose first non-zero
 * coordinates are alike share a block: of MNIST's pairs of pixels a third is left.
 */
export function byteScatter(sums: ScatterSum): (values: Uint8Array) => void {
  const { sum, products } = sums;
  const size = sum.length;
  const block = int16Products(size, BLOCK);
  const { a, c, stride, cStride } = block;
  return (values) => {
    const order = byFirstNonzero(values, size);
    for (let first = 0; first < order.length; first += BLOCK) {
      const rows = order.subarray(first, first + BLOCK);
      const added = columnSums(values, rows, size);
      const active = Int32Array.from(added.keys()).filter((j) => added[j] !== 0);
      for (const j of active) sum[j]! += added[j]!;
      if (rows.length < BLOCK) a.fill(0);
      transpose(values, rows, size, active, a, stride);
      // The kernel works in tiles and also touches up to three rows and columns beyond the active ones.
      c.fill(0, 0, (active.length + ROWS) * cStride);
      block.run(active.length);
      for (let r = 0; r < active.length; r++) {
        const row = active[r]! * size;
        const from = r * cStride;
        for (let s = r; s < active.length; s++) products[row + active[s]!]! += c[from + s]!;
      }
    }
    sums.count += order.length;
  };
}

/** The samples in the order of their first coordinate other than 0, by counting. */
function byFirstNonzero(values: Uint8Array, size: number): Int32Array {
  const first = new Int32Array(values.length / size);
  const place = new Int32Array(size + 2);
  for (let n = 0, start = 0; n < first.length; n++, start += size) {
    let j = 0;
    while (j < size && values[start + j] === 0) j++;
    first[n] = j;
    place[j + 1]!++;
  }
  for (let j = 0; j <= size; j++) place[j + 1]! += place[j]!;
  const order = new Int32Array(first.length);
  for (let n = 0; n < first.length; n++) order[place[first[n]!]!++] = n;
  return order;
}

function columnSums(values: Uint8Array, rows: Int32Array, size: number): Int32Array {
  const sums = new Int32Array(size);
  for (let r = 0; r < rows.length; r++)
    for (let j = 0, at = rows[r]! * size; j < size; j++, at++) sums[j]! += values[at]!;
  return sums;
}

/** One row of the operand for each active coordinate, one column for each sample. */
function transpose(
  values: Uint8Array,
  rows: Int32Array,
  size: number,
  active: Int32Array,
  into: Int16Array,
  stride: number,
): void {
  const starts = new Int32Array(ROWS);
  for (let first = 0; first < rows.length; first += ROWS) {
    const height = Math.min(ROWS, rows.length - first);
    for (let r = 0; r < height; r++) starts[r] = rows[first + r]! * size;
    for (let s = 0; s < active.length; s++) {
      const j = active[s]!;
      const to = s * stride + first;
      for (let r = 0; r < height; r++) into[to + r] = values[starts[r]! + j]!;
    }
  }
}
