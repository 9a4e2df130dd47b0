import { invalid } from "../invalid.ts";
import { multiply, type ProductShape } from "../linalg/multiply.ts";
import { allocate, type Samples } from "../samples.ts";
import { float64Products } from "./dot-products.ts";

/** Blocks that fit in a second-level cache beside their products. */
const ROWS = 256;
const COLUMNS = 256;
const INNER = 512;

/** Below so many products the plain loops are done before a memory is set up. */
const WORTHWHILE = 1 << 16;

/**
 * The matrix product of `multiply`, in double precision, by WebAssembly SIMD: some 6 billion products a second, one thread.
 *
 * A {@link Multiply} for large products where no faster engine is at hand. The result has a's type.
 */
export function simdMultiply<S extends Samples>(a: S, b: Samples, shape: ProductShape): S {
  const { rows, inner, columns, transposeB = false } = shape;
  if (rows * inner * columns < WORTHWHILE) return multiply(a, b, shape);
  if (a.length !== rows * inner)
    throw invalid("simdMultiply", `a must have ${rows} × ${inner} elements`, a.length);
  if (b.length !== inner * columns)
    throw invalid("simdMultiply", `b must have ${inner} × ${columns} elements`, b.length);
  const out = allocate(a, rows * columns);
  const depth = Math.ceil(inner / Math.ceil(inner / INNER));
  const block = float64Products(Math.min(rows, ROWS), depth, Math.min(columns, COLUMNS));
  const bStep = transposeB ? [inner, 1] : [1, columns];
  for (let i = 0; i < rows; i += ROWS) {
    const height = Math.min(ROWS, rows - i);
    for (let j = 0; j < columns; j += COLUMNS) {
      const width = Math.min(COLUMNS, columns - j);
      block.c.fill(0);
      for (let k = 0; k < inner; k += depth) {
        const length = Math.min(depth, inner - k);
        copy(a, i * inner + k, inner, 1, block.a, block.stride, height, length);
        const start = j * bStep[0]! + k * bStep[1]!;
        copy(b, start, bStep[0]!, bStep[1]!, block.b, block.stride, width, length);
        block.run(height, width);
      }
      for (let r = 0; r < height; r++) {
        const from = block.c.subarray(r * block.cStride, r * block.cStride + width);
        out.set(from, (i + r) * columns + j);
      }
    }
  }
  return out;
}

/** Rows of `length` from anywhere to the kernel's operand; what an earlier, longer block left behind becomes 0. */
function copy(
  from: Samples,
  start: number,
  rowStep: number,
  step: number,
  to: Float64Array,
  stride: number,
  rows: number,
  length: number,
): void {
  for (let r = 0; r < rows; r++) {
    const row = r * stride;
    for (let k = 0, at = start + r * rowStep; k < length; k++, at += step) to[row + k] = from[at]!;
    to.fill(0, row + length, row + stride);
  }
}
