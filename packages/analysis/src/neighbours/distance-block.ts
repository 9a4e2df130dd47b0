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

/** The rows and columns of a block, at most. */
export const BLOCK_ROWS = 512;
export const BLOCK_COLUMNS = 1024;

/** Relative error of inner products in double, with room for any order of summation. */
export const DOUBLE_ERROR: number = 2 ** -44;

/**
 * The same in single precision of `size` products in four sums, from operands that were rounded to it. Of products by a given
 * `multiply` too: those of fast libraries have more sums, and smaller errors.
 */
export function singleError(size: number): number {
  return (size / 4 + 8) * 2 ** -24;
}
