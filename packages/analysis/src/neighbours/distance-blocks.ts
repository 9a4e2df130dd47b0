import { int16Products, invalid, type Multiply, simdMultiply } from "@symbreak/core";
import { coordinateScale, countOf, type Data, scaledRows } from "../data.ts";

/** Squared distances between some rows of one set and some of another, rows × columns. */
export interface DistanceBlock {
  readonly row: number;
  readonly rows: number;
  readonly column: number;
  readonly columns: number;
  /** Row r starts at `r · columns`; used again for the next block. */
  readonly squares: Float64Array;
  /** A bound on the error of each, absolute. */
  readonly error: number;
}

const ROWS = 256;
const COLUMNS = 1024;

/** Relative error of inner products in double and, by a given `multiply`, in single precision, with room for any order. */
const ERROR = { double: 2 ** -44, single: 2 ** -20 };

/** Products of bytes that fit in 31 bits. */
const LARGEST_BYTE_SIZE = 33_000;

/**
 * All squared distances between two sets, a block at a time, rows in order and for each rows all columns.
 *
 * Sets of bytes with one common factor are compared in integers: exact, and four times as fast. Others are centred and
 * multiplied by the Gram trick.
 */
export async function* distanceBlocks(
  where: string,
  a: Data,
  b: Data,
  multiply?: Multiply,
): AsyncGenerator<DistanceBlock, void, undefined> {
  countOf(where, a);
  countOf(where, b);
  if (a.size !== b.size)
    throw invalid(where, `both sets must have ${a.size} numbers a sample`, b.size);
  const factor = commonFactor(a, b);
  if (multiply === undefined && factor !== undefined) yield* byteBlocks(a, b, factor);
  else yield* floatBlocks(where, a, b, multiply);
}

/** The scale's one factor, if both sets are bytes under the same scale. */
function commonFactor(a: Data, b: Data): number | undefined {
  const bytes = a.values instanceof Uint8Array && b.values instanceof Uint8Array;
  if (!bytes || a.size > LARGEST_BYTE_SIZE) return undefined;
  const [p, q] = [a.scale ?? UNSCALED, b.scale ?? UNSCALED];
  const factor = p.a[0]!;
  const equal = [...p.a, ...q.a].every((other) => other === factor);
  const together = [...p.b, ...q.b].every((other) => other === p.b[0]);
  return equal && together ? factor : undefined;
}

const UNSCALED = { a: [1], b: [0] };

function* byteBlocks(a: Data, b: Data, factor: number): Generator<DistanceBlock, void, undefined> {
  const { size } = a;
  const [total, others] = [a.values.length / size, b.values.length / size];
  const [height, width] = [Math.min(ROWS, total), Math.min(COLUMNS, others)];
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
  const error =
    ERROR.double * factor * factor * (aSquares.reduce(most, 0) + bSquares.reduce(most, 0));
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

async function* floatBlocks(
  where: string,
  a: Data,
  b: Data,
  given: Multiply | undefined,
): AsyncGenerator<DistanceBlock, void, undefined> {
  const { size } = a;
  const [total, others] = [a.values.length / size, b.values.length / size];
  const relative = given === undefined ? ERROR.double : ERROR.single;
  const centre = centreOf(b);
  const squares = new Float64Array(ROWS * COLUMNS);
  for (let row = 0; row < total; row += ROWS) {
    const rows = Math.min(ROWS, total - row);
    const left = centred(where, a, row, rows, centre);
    const leftSquares = squaredNorms(left, size);
    for (let column = 0; column < others; column += COLUMNS) {
      const columns = Math.min(COLUMNS, others - column);
      const right = centred(where, b, column, columns, centre);
      const rightSquares = squaredNorms(right, size);
      const shape = { rows, inner: size, columns, transposeB: true };
      const products = await (given ?? simdMultiply)(left, right, shape);
      for (let r = 0, at = 0; r < rows; r++)
        for (let s = 0; s < columns; s++, at++)
          squares[at] = Math.max(0, leftSquares[r]! + rightSquares[s]! - 2 * products[at]!);
      const error = relative * (leftSquares.reduce(most, 0) + rightSquares.reduce(most, 0));
      yield { row, rows, column, columns, squares, error };
    }
  }
}

const most = (p: number, q: number): number => Math.max(p, q);

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

function squaredNorms(values: Data["values"], size: number): Float64Array {
  const out = new Float64Array(values.length / size);
  for (let n = 0, i = 0; n < out.length; n++) {
    let sum = 0;
    for (let j = 0; j < size; j++, i++) sum += values[i]! * values[i]!;
    out[n] = sum;
  }
  return out;
}
