import { invalid } from "../invalid.ts";
import { allocate, type Samples } from "../samples.ts";

/** The shape of a product: `a` is rows × inner; `b` is inner × columns, or columns × inner when transposed. */
export interface ProductShape {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  readonly transposeB?: boolean;
}

/** A matrix product, rows × columns, row-major: {@link multiply}, or a faster one that the caller supplies. */
export type Multiply = (a: Samples, b: Samples, shape: ProductShape) => Samples | Promise<Samples>;

/** The matrix product in blocked loops, accumulated in double precision; the result has a's type. */
export function multiply<S extends Samples>(a: S, b: Samples, shape: ProductShape): S {
  const { rows, inner, columns, transposeB = false } = shape;
  if (a.length !== rows * inner)
    throw invalid("multiply", `a must have ${rows} × ${inner} elements`, a.length);
  if (b.length !== inner * columns)
    throw invalid("multiply", `b must have ${inner} × ${columns} elements`, b.length);
  const out = allocate(a, rows * columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++)
        sum += a[i * inner + k]! * (transposeB ? b[j * inner + k]! : b[k * columns + j]!);
      out[i * columns + j] = sum;
    }
  return out;
}
