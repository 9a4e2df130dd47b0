import type { Products, RowProducts, Rows } from "./row-products.ts";

/** Rows and columns whose products are held at once. */
export const TILE = 1024;

/** Σ k(x_i, x_j) over i ≠ j of the chosen rows of a set, with the kernel k(x, y) = (x·y/d + 1)³. */
export async function sumWithin(
  x: Rows,
  chosen: Int32Array,
  products: RowProducts,
): Promise<number> {
  const tiles = tilesOf(chosen);
  let sum = 0;
  for (const [t, rows] of tiles.entries())
    for (const columns of tiles.slice(t))
      sum += sumOf(await products(x, rows, x, columns), x, rows, x, columns);
  return 2 * sum;
}

/** Σ k(x_i, y_j) over all pairs of the chosen rows of two sets. */
export async function sumBetween(
  x: Rows,
  xChosen: Int32Array,
  y: Rows,
  yChosen: Int32Array,
  products: RowProducts,
): Promise<number> {
  let sum = 0;
  for (const rows of tilesOf(xChosen))
    for (const columns of tilesOf(yChosen))
      sum += sumOf(await products(x, rows, y, columns), x, rows, y, columns);
  return sum;
}

function tilesOf(chosen: Int32Array): Int32Array[] {
  const count = Math.ceil(chosen.length / TILE);
  return Array.from({ length: count }, (_, t) => chosen.subarray(t * TILE, (t + 1) * TILE));
}

/** The kernel's sum over one tile; where rows and columns are the same, over column > row. */
function sumOf(
  { c, cStride }: Products,
  x: Rows,
  rows: Int32Array,
  y: Rows,
  columns: Int32Array,
): number {
  // (factor u + offset)·(factor' v + offset')/d + 1 with sums of u and v beside their product.
  const factor = (x.factor * y.factor) / x.size;
  const constant = x.offset * y.offset + 1;
  const ofRow = linear(x, rows, (x.factor * y.offset) / x.size);
  const ofColumn = linear(y, columns, (y.factor * x.offset) / y.size);
  let sum = 0;
  for (let i = 0; i < rows.length; i++) {
    const base = ofRow[i]! + constant;
    const start = i * cStride;
    for (let j = rows === columns ? i + 1 : 0; j < columns.length; j++) {
      const value = factor * c[start + j]! + (base + ofColumn[j]!);
      sum += value * value * value;
    }
  }
  return sum;
}

/** Of the chosen rows. */
function linear({ sums }: Rows, chosen: Int32Array, weight: number): Float64Array {
  return Float64Array.from(chosen, (row) => weight * sums[row]!);
}
