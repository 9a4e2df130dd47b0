import {
  type Code,
  countUp,
  f64,
  f64x2,
  i32,
  local,
  type ValueType,
  v128,
  type WasmFunction,
} from "../simd/wasm.ts";

/** Rows of the matrix that {@link updateKernel} and {@link timesKernel} take at once. */
export const UPDATE_ROWS = 2;
export const TIMES_ROWS = 4;

const range = (start: number, length: number): number[] =>
  Array.from({ length }, (_, index) => start + index);
/** The vector that column offset `k` of `base` holds. */
const at = (base: number, k: number): Code[] => [
  ...[local.get(base), local.get(k), i32.add, v128.load(0)],
];
const next = (row: number, rowBytes: number): Code[] => [
  ...[local.get(row), local.get(rowBytes), i32.add],
];

/**
 * a −= u xᵀ + y vᵀ, and in the same pass dots += aᵀ w of the new a: the matrix is read and written once
 * (BLAS 2.5; Howell et al. 2008, "Cache efficient bidiagonalization using BLAS 2.5 operators").
 *
 * Parameters: addresses of a, of u, y and w (one double a row), of x, v and dots (one a column), bytes of u (an even number of
 * doubles), bytes between rows of a, bytes of the columns (a multiple of 16); all byte counts above 0.
 */
export function updateKernel(): WasmFunction {
  const [a, u, y, w, x, v, dots, rows, rowBytes, columns] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const [i, k, second, columnX, columnV, sum, element] = [10, 11, 12, 13, 14, 15, 16];
  const factors = range(17, 3 * UPDATE_ROWS);
  const perRow = [u, y, w];
  const factor = (which: number, row: number) => factors[3 * row + which]!;

  const spread = range(0, UPDATE_ROWS).flatMap((row) =>
    perRow.flatMap((base, which) => [
      ...[local.get(base), local.get(i), i32.add, f64.load(8 * row), f64x2.splat],
      local.set(factor(which, row)),
    ]),
  );
  const update = (address: number, row: number): Code[] => [
    ...[local.get(address), local.get(k), i32.add, ...at(address, k)],
    ...[local.get(factor(0, row)), local.get(columnX), f64x2.multiply, f64x2.subtract],
    ...[local.get(factor(1, row)), local.get(columnV), f64x2.multiply, f64x2.subtract],
    ...[local.tee(element), v128.store(0), local.get(sum), local.get(factor(2, row))],
    ...[local.get(element), f64x2.multiply, f64x2.add, local.set(sum)],
  ];
  return {
    params: new Array<ValueType>(10).fill("i32"),
    locals: [...wide(3, "i32"), ...wide(4 + factors.length, "v128")],
    body: [
      countUp(i, 8 * UPDATE_ROWS, rows, [
        ...[...spread, ...next(a, rowBytes), local.set(second)],
        countUp(k, 16, columns, [
          ...[...at(x, k), local.set(columnX), ...at(v, k), local.set(columnV)],
          ...[...at(dots, k), local.set(sum), ...update(a, 0), ...update(second, 1)],
          ...[local.get(dots), local.get(k), i32.add, local.get(sum), v128.store(0)],
        ]),
        ...[...next(second, rowBytes), local.set(a)],
      ]),
    ],
  };
}

/**
 * y = a v.
 *
 * Parameters: addresses of a, y and v, bytes of y (a multiple of four doubles), bytes between rows of a, bytes of the columns (a
 * multiple of 16); all byte counts above 0.
 */
export function timesKernel(): WasmFunction {
  const [a, y, v, rows, rowBytes, columns, i, k] = [0, 1, 2, 3, 4, 5, 6, 7];
  const addresses = [a, ...range(8, TIMES_ROWS - 1)];
  const sums = range(7 + TIMES_ROWS, TIMES_ROWS);
  const column = 7 + 2 * TIMES_ROWS;
  const total = (sum: number, row: number): Code[] => [
    ...[local.get(y), local.get(i), i32.add, local.get(sum), f64x2.lane(0)],
    ...[local.get(sum), f64x2.lane(1), f64.add, f64.store(8 * row)],
  ];
  return {
    params: new Array<ValueType>(6).fill("i32"),
    locals: [...wide(1 + TIMES_ROWS, "i32"), ...wide(TIMES_ROWS + 1, "v128")],
    body: [
      countUp(i, 8 * TIMES_ROWS, rows, [
        ...addresses
          .slice(1)
          .flatMap((row, r) => [...[...next(addresses[r]!, rowBytes), local.set(row)]]),
        ...sums.flatMap((sum) => [v128.zero, local.set(sum)]),
        countUp(k, 16, columns, [
          ...[...at(v, k), local.set(column)],
          ...sums.flatMap((sum, r) => [
            ...[local.get(sum), ...at(addresses[r]!, k), local.get(column), f64x2.multiply],
            ...[f64x2.add, local.set(sum)],
          ]),
        ]),
        ...sums.flatMap(total),
        ...[...next(addresses.at(-1)!, rowBytes), local.set(a)],
      ]),
    ],
  };
}

const wide = (count: number, type: ValueType): ValueType[] =>
  new Array<ValueType>(count).fill(type);
