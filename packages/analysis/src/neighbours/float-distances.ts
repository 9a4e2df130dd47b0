import { type Multiply, simdMultiply } from "@symbreak/core";
import { coordinateScale, type Data, scaledRows } from "../data.ts";
import {
  BLOCK_COLUMNS,
  BLOCK_ROWS,
  type DistanceBlock,
  DOUBLE_ERROR,
  SINGLE_ERROR,
} from "./distance-block.ts";
import { largest, squaredNorms } from "./squared-norms.ts";

/**
 * Squared distances by the Gram trick |x|² + |y|² − 2 x·y on centred samples, with the products in double or by a given
 * `multiply`.
 */
export async function* floatDistances(
  where: string,
  a: Data,
  b: Data,
  given: Multiply | undefined,
): AsyncGenerator<DistanceBlock, void, undefined> {
  const { size } = a;
  const [total, others] = [a.values.length / size, b.values.length / size];
  const relative = given === undefined ? DOUBLE_ERROR : SINGLE_ERROR;
  const centre = centreOf(b);
  const squares = new Float64Array(BLOCK_ROWS * BLOCK_COLUMNS);
  for (let row = 0; row < total; row += BLOCK_ROWS) {
    const rows = Math.min(BLOCK_ROWS, total - row);
    const left = centred(where, a, row, rows, centre);
    const leftSquares = squaredNorms(left, size);
    for (let column = 0; column < others; column += BLOCK_COLUMNS) {
      const columns = Math.min(BLOCK_COLUMNS, others - column);
      const right = centred(where, b, column, columns, centre);
      const rightSquares = squaredNorms(right, size);
      const shape = { rows, inner: size, columns, transposeB: true };
      const products = await (given ?? simdMultiply)(left, right, shape);
      for (let r = 0, at = 0; r < rows; r++)
        for (let s = 0; s < columns; s++, at++)
          squares[at] = Math.max(0, leftSquares[r]! + rightSquares[s]! - 2 * products[at]!);
      const error = relative * (largest(leftSquares) + largest(rightSquares));
      yield { row, rows, column, columns, squares, error };
    }
  }
}

/** A point amid the data: distances do not change, and their round-off shrinks. */
function centreOf(data: Data): Float64Array {
  const { values, size } = data;
  const { a, b } = coordinateScale(data);
  const sum = new Float64Array(size);
  for (let i = 0; i < values.length; ) for (let j = 0; j < size; j++, i++) sum[j]! += values[i]!;
  return sum.map((value, j) => (a[j]! * value * size) / values.length + b[j]!);
}

function centred(
  where: string,
  data: Data,
  first: number,
  count: number,
  centre: Float64Array,
): Float64Array {
  const rows = scaledRows(where, data, first, first + count);
  const { size } = data;
  for (let i = 0; i < rows.length; ) for (let j = 0; j < size; j++, i++) rows[i]! -= centre[j]!;
  return rows;
}
