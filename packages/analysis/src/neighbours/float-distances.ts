import {
  coordinateMap,
  type Data,
  type Multiply,
  rowsInUnits,
  simdMultiply,
  sizeOf,
} from "@symbreak/core";
import { float32Products } from "@symbreak/core/linalg";
import {
  BLOCK_COLUMNS,
  BLOCK_ROWS,
  type DistanceBlock,
  DOUBLE_ERROR,
  singleError,
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

/** Products of rows with rows; row r of the result starts at `r · stride`. Overwritten by the next call. */
type RowsProduct = (
  left: Centred,
  rows: number,
  right: Centred,
  columns: number,
) => Promise<{ readonly products: ArrayLike<number>; readonly stride: number }>;

/**
 * Squared distances by the Gram trick |x|² + |y|² − 2 x·y on centred samples, with the products in double or single precision
 * of our own, or in single precision by a given `multiply`.
 */
export async function* floatDistances(
  where: string,
  a: Data,
  b: Data,
  by: Multiply | "single" | "double",
): AsyncGenerator<DistanceBlock, void, undefined> {
  const size = sizeOf(a.shape);
  const [total, others] = [a.values.length / size, b.values.length / size];
  const relative = by === "double" ? DOUBLE_ERROR : singleError(size);
  const height = Math.min(total, typeof by === "function" ? GIVEN_ROWS : BLOCK_ROWS);
  const centre = centreOf(b);
  const prepare = (data: Data, first: number, count: number): Centred => {
    const rows = centred(where, data, first, count, centre);
    const values = by === "double" ? rows : Float32Array.from(rows);
    return { values, squares: squaredNorms(values, size) };
  };
  const kept = new Map<number, Centred>();
  const prepared = (column: number, columns: number): Centred => {
    const found = kept.get(column) ?? prepare(b, column, columns);
    if (b.values.length <= KEPT) kept.set(column, found);
    return found;
  };
  const multiplied =
    by === "single"
      ? singleProducts(height, size)
      : productsBy(by === "double" ? simdMultiply : by, size);
  const squares = new Float64Array(height * BLOCK_COLUMNS);
  for (let row = 0; row < total; row += height) {
    const rows = Math.min(height, total - row);
    const left = prepare(a, row, rows);
    for (let column = 0; column < others; column += BLOCK_COLUMNS) {
      const columns = Math.min(BLOCK_COLUMNS, others - column);
      const right = prepared(column, columns);
      const { products, stride } = await multiplied(left, rows, right, columns);
      for (let r = 0, at = 0; r < rows; r++) {
        const own = left.squares[r]!;
        for (let s = 0; s < columns; s++, at++) {
          const square = own + right.squares[s]! - 2 * products[r * stride + s]!;
          squares[at] = Math.max(square, 0);
        }
      }
      const error = relative * (largest(left.squares) + largest(right.squares));
      yield { row, rows, column, columns, squares, error };
    }
  }
}

function productsBy(multiply: Multiply, inner: number): RowsProduct {
  return async (left, rows, right, columns) => {
    const shape = { rows, inner, columns, transposeB: true };
    return { products: await multiply(left.values, right.values, shape), stride: columns };
  };
}

function singleProducts(most: number, size: number): RowsProduct {
  const product = float32Products(most, size, BLOCK_COLUMNS);
  const load = (into: Float32Array, { values }: Centred, count: number): void => {
    for (let r = 0; r < count; r++)
      into.set(values.subarray(r * size, (r + 1) * size), r * product.stride);
  };
  return async (left, rows, right, columns) => {
    load(product.a, left, rows);
    load(product.b, right, columns);
    product.c.fill(0);
    product.run(rows, columns);
    return { products: product.c, stride: product.cStride };
  };
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
