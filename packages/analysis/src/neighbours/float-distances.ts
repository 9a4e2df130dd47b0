import {
  coordinateMap,
  type Data,
  type Multiply,
  rowsInUnits,
  simdMultiply,
  sizeOf,
} from "@symbreak/core";
import {
  BLOCK_COLUMNS,
  BLOCK_ROWS,
  type DistanceBlock,
  DOUBLE_ERROR,
  SINGLE_ERROR,
} from "./distance-block.ts";
import { largest, squaredNorms } from "./squared-norms.ts";

/** Rows at once for a given `multiply`: its calls and the preparation of the columns cost more than memory. */
const GIVEN_ROWS = 2048;

/** Numbers of the second set that are kept prepared, not prepared again for each block of rows: 256 MB of floats. */
const KEPT = 2 ** 26;

/** Centred samples with their squared norms. */
interface Centred {
  readonly values: Float64Array | Float32Array;
  readonly squares: Float64Array;
}

/**
 * Squared distances by the Gram trick |x|² + |y|² − 2 x·y on centred samples, with the products in double, or in single
 * precision by a given `multiply`.
 */
export async function* floatDistances(
  where: string,
  a: Data,
  b: Data,
  given: Multiply | undefined,
): AsyncGenerator<DistanceBlock, void, undefined> {
  const size = sizeOf(a.shape);
  const [total, others] = [a.values.length / size, b.values.length / size];
  const relative = given === undefined ? DOUBLE_ERROR : SINGLE_ERROR;
  const height = Math.min(total, given === undefined ? BLOCK_ROWS : GIVEN_ROWS);
  const centre = centreOf(b);
  const prepare = (data: Data, first: number, count: number): Centred => {
    const rows = centred(where, data, first, count, centre);
    const values = given === undefined ? rows : Float32Array.from(rows);
    return { values, squares: squaredNorms(values, size) };
  };
  const kept = new Map<number, Centred>();
  const prepared = (column: number, columns: number): Centred => {
    const found = kept.get(column) ?? prepare(b, column, columns);
    if (b.values.length <= KEPT) kept.set(column, found);
    return found;
  };
  const squares = new Float64Array(height * BLOCK_COLUMNS);
  for (let row = 0; row < total; row += height) {
    const rows = Math.min(height, total - row);
    const left = prepare(a, row, rows);
    for (let column = 0; column < others; column += BLOCK_COLUMNS) {
      const columns = Math.min(BLOCK_COLUMNS, others - column);
      const right = prepared(column, columns);
      const shape = { rows, inner: size, columns, transposeB: true };
      const products = await (given ?? simdMultiply)(left.values, right.values, shape);
      for (let r = 0, at = 0; r < rows; r++) {
        const own = left.squares[r]!;
        for (let s = 0; s < columns; s++, at++) {
          const square = own + right.squares[s]! - 2 * products[at]!;
          squares[at] = Math.max(square, 0);
        }
      }
      const error = relative * (largest(left.squares) + largest(right.squares));
      yield { row, rows, column, columns, squares, error };
    }
  }
}

/** A point amid the data: distances do not change, and their round-off shrinks. */
function centreOf(data: Data): Float64Array {
  const { values } = data;
  const size = sizeOf(data.shape);
  const { a, b } = coordinateMap(data);
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
  const rows = rowsInUnits(where, data, first, first + count);
  const size = sizeOf(data.shape);
  for (let i = 0; i < rows.length; ) for (let j = 0; j < size; j++, i++) rows[i]! -= centre[j]!;
  return rows;
}
