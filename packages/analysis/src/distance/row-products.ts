import type { Multiply } from "@symbreak/core";
import { float64Products, int16Products } from "@symbreak/core/linalg";

/** Samples whose inner products are wanted: as the model sees them, or bytes u that it sees as `factor·u + offset`. */
export interface Rows {
  readonly values: Uint8Array | Float64Array;
  readonly size: number;
  readonly factor: number;
  readonly offset: number;
  /** Σ of each row's stored values, which an offset multiplies; of doubles not used. */
  readonly sums: Float64Array;
}

/** Inner products of stored values; row i starts at `i · cStride`. */
export interface Products {
  readonly c: ArrayLike<number>;
  readonly cStride: number;
}

/** Chosen rows of one set with chosen rows of another; of a set with itself only those with column ≥ row. */
export type RowProducts = (
  x: Rows,
  xChosen: Int32Array,
  y: Rows,
  yChosen: Int32Array,
) => Products | Promise<Products>;

/** Bytes in exact integers, doubles in doubles; both sets must be of one type. The next call overwrites a result. */
export function ownProducts(bytes: boolean, most: number, size: number): RowProducts {
  const create = bytes ? int16Products : float64Products;
  const [square, rectangle] = [create(most, size), create(most, size, most)];
  return (x, xChosen, y, yChosen) => {
    const product = xChosen === yChosen ? square : rectangle;
    load(product.a, product.stride, x, xChosen);
    if (product === rectangle) load(product.b, product.stride, y, yChosen);
    product.c.fill(0);
    product.run(xChosen.length, yChosen.length);
    return product;
  };
}

/** By a given product, in doubles. */
export function givenProducts(multiply: Multiply): RowProducts {
  return async (x, xChosen, y, yChosen) => {
    const { size: inner } = x;
    const [rows, columns] = [xChosen.length, yChosen.length];
    const a = new Float64Array(rows * inner);
    load(a, inner, x, xChosen);
    const b = xChosen === yChosen ? a : new Float64Array(columns * inner);
    if (b !== a) load(b, inner, y, yChosen);
    const c = await multiply(a, b, { rows, inner, columns, transposeB: true });
    return { c, cStride: columns };
  };
}

function load(
  into: Int16Array | Float64Array,
  stride: number,
  { values, size }: Rows,
  chosen: Int32Array,
): void {
  chosen.forEach((row, r) => {
    into.set(values.subarray(row * size, (row + 1) * size), r * stride);
  });
}
