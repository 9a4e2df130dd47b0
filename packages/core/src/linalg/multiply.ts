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

/** Rows and columns of one tile of the product: multiples of the kernel's 4 and 2. */
const TILE = 96;
/** Stretch of the inner dimension that a tile works on; two packed operands then fit in the L2 cache. */
const DEPTH = 384;

/**
 * The matrix product, row-major, accumulated in double precision; the result has a's type.
 *
 * Tile by tile: both operands are copied into doubles along the inner dimension (which transposes b where needed and
 * pads the edges with zeros), so that the kernel sees one type and contiguous rows. Some 3 GFLOP/s on one core.
 */
export function multiply<S extends Samples>(a: S, b: Samples, shape: ProductShape): S {
  const { rows, inner, columns, transposeB = false } = shape;
  if (a.length !== rows * inner)
    throw invalid("multiply", `a must have ${rows} × ${inner} elements`, a.length);
  if (b.length !== inner * columns)
    throw invalid("multiply", `b must have ${inner} × ${columns} elements`, b.length);
  const out = allocate(a, rows * columns);
  const left = new Float64Array(TILE * DEPTH);
  const right = new Float64Array(TILE * DEPTH);
  const tile = new Float64Array(TILE * TILE);
  for (let i = 0; i < rows; i += TILE) {
    const height = Math.min(TILE, rows - i);
    for (let j = 0; j < columns; j += TILE) {
      const width = Math.min(TILE, columns - j);
      tile.fill(0);
      for (let k = 0; k < inner; k += DEPTH) {
        const depth = Math.min(DEPTH, inner - k);
        pack(left, a, i * inner + k, inner, 1, height, depth);
        if (transposeB) pack(right, b, j * inner + k, inner, 1, width, depth);
        else pack(right, b, k * columns + j, 1, columns, width, depth);
        accumulate(tile, left, right, height, width, depth);
      }
      for (let row = 0; row < height; row++)
        for (let column = 0; column < width; column++)
          out[(i + row) * columns + j + column] = tile[row * TILE + column]!;
    }
  }
  return out;
}

/** Copies `count` vectors of `depth` elements, each then contiguous; what is left of the tile's edge becomes zero. */
function pack(
  packed: Float64Array,
  source: Samples,
  start: number,
  vectorStride: number,
  elementStride: number,
  count: number,
  depth: number,
): void {
  if (elementStride === 1)
    for (let v = 0; v < count; v++)
      packed.set(
        source.subarray(start + v * vectorStride, start + v * vectorStride + depth),
        v * depth,
      );
  else
    for (let k = 0; k < depth; k++)
      for (let v = 0, at = start + k * elementStride; v < count; v++)
        packed[v * depth + k] = source[at + v]!;
  packed.fill(0, count * depth, Math.min(count + 3, TILE) * depth);
}

/** tile += left · rightᵀ by blocks of 4 × 2 dot products, whose eight sums stay in registers. */
function accumulate(
  tile: Float64Array,
  left: Float64Array,
  right: Float64Array,
  height: number,
  width: number,
  depth: number,
): void {
  for (let i = 0; i < height; i += 4) {
    const a0 = i * depth;
    const a1 = a0 + depth;
    const a2 = a1 + depth;
    const a3 = a2 + depth;
    for (let j = 0; j < width; j += 2) {
      const b0 = j * depth;
      const b1 = b0 + depth;
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      let s20 = 0;
      let s21 = 0;
      let s30 = 0;
      let s31 = 0;
      for (let k = 0; k < depth; k++) {
        const y0 = right[b0 + k]!;
        const y1 = right[b1 + k]!;
        const x0 = left[a0 + k]!;
        const x1 = left[a1 + k]!;
        const x2 = left[a2 + k]!;
        const x3 = left[a3 + k]!;
        s00 += x0 * y0;
        s01 += x0 * y1;
        s10 += x1 * y0;
        s11 += x1 * y1;
        s20 += x2 * y0;
        s21 += x2 * y1;
        s30 += x3 * y0;
        s31 += x3 * y1;
      }
      const at = i * TILE + j;
      tile[at]! += s00;
      tile[at + 1]! += s01;
      tile[at + TILE]! += s10;
      tile[at + TILE + 1]! += s11;
      tile[at + 2 * TILE]! += s20;
      tile[at + 2 * TILE + 1]! += s21;
      tile[at + 3 * TILE]! += s30;
      tile[at + 3 * TILE + 1]! += s31;
    }
  }
}
