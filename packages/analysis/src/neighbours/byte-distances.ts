import { type Data, sizeOf } from "@symbreak/core";
import { int16Products } from "@symbreak/core/linalg";
import { BLOCK_COLUMNS, BLOCK_ROWS, type DistanceBlock, DOUBLE_ERROR } from "./distance-block.ts";
import { largest, squaredNorms } from "./squared-norms.ts";

/** Sums of so many products of bytes fit in 31 bits. */
export const LARGEST_BYTE_SIZE = 33_000;

/** Squared distances between bytes whose common units have this `factor`: one product of integers, exact. */
export function* byteDistances(
  a: Data,
  b: Data,
  factor: number,
): Generator<DistanceBlock, void, undefined> {
  const size = sizeOf(a.shape);
  const [total, others] = [a.values.length / size, b.values.length / size];
  const [height, width] = [Math.min(BLOCK_ROWS, total), Math.min(BLOCK_COLUMNS, others)];
  const product = int16Products(height, size, width);
  const { stride, c, cStride } = product;
  const squares = new Float64Array(height * width);
  const load = (into: Int16Array, { values }: Data, first: number, count: number): void => {
    for (let r = 0; r < count; r++) {
      const from = (first + r) * size;
      into.set(values.subarray(from, from + size), r * stride);
    }
  };
  const [aSquares, bSquares] = [squaredNorms(a.values, size), squaredNorms(b.values, size)];
  // The integers are exact; their product with the factor, and the differences they are compared with, are not.
  const error = DOUBLE_ERROR * factor * factor * (largest(aSquares) + largest(bSquares));
  for (let row = 0; row < total; row += height) {
    const rows = Math.min(height, total - row);
    load(product.a, a, row, rows);
    for (let column = 0; column < others; column += width) {
      const columns = Math.min(width, others - column);
      load(product.b, b, column, columns);
      c.fill(0);
      product.run(rows, columns);
      for (let r = 0; r < rows; r++)
        for (let s = 0; s < columns; s++) {
          const square = aSquares[row + r]! + bSquares[column + s]! - 2 * c[r * cStride + s]!;
          squares[r * columns + s] = factor * factor * square;
        }
      yield { row, rows, column, columns, squares, error };
    }
  }
}
