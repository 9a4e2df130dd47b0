import {
  type Code,
  countUp,
  f32,
  f32x4,
  f64,
  f64x2,
  i32,
  i32x4,
  local,
  type ValueType,
  v128,
  type WasmFunction,
} from "./wasm.ts";

/** Rows of `a` and of `b` whose products are held in registers at once: 8 sums and 6 operands of 16 registers. */
export const TILE_ROWS = 4;
export const TILE_COLUMNS = 2;

/** How a vector of 16 bytes is multiplied, summed and stored. */
interface Arithmetic {
  /** Both operands on the stack; leaves a vector of products. */
  readonly multiply: Code;
  readonly add: Code;
  /** Both at once, of two operands and a sum on the stack. */
  readonly multiplyAdd?: Code;
  readonly lanes: number;
  readonly lane: (index: number) => Code;
  readonly addLanes: Code;
  readonly load: (offset: number) => Code;
  readonly store: (offset: number) => Code;
  /** log2 of the bytes of a sum. */
  readonly shift: number;
}

export const INT16: Arithmetic = {
  multiply: i32x4.dot,
  add: i32x4.add,
  lanes: 4,
  lane: i32x4.lane,
  addLanes: i32.add,
  load: i32.load,
  store: i32.store,
  shift: 2,
};

export const FLOAT32: Arithmetic = {
  multiply: f32x4.multiply,
  add: f32x4.add,
  lanes: 4,
  lane: f32x4.lane,
  addLanes: f32.add,
  load: f32.load,
  store: f32.store,
  shift: 2,
};

/** {@link FLOAT32} with a fifth less time, where the runtime has it; the last bits are the processor's. */
export const RELAXED32: Arithmetic = { ...FLOAT32, multiplyAdd: f32x4.relaxedMultiplyAdd };

export const FLOAT64: Arithmetic = {
  multiply: f64x2.multiply,
  add: f64x2.add,
  lanes: 2,
  lane: f64x2.lane,
  addLanes: f64.add,
  load: f64.load,
  store: f64.store,
  shift: 3,
};

/**
 * c[i, j] += Σ_k a[i, k] · b[j, k] for all i < rows, j < columns.
 *
 * Parameters: addresses of a, b and c, rows (a multiple of 4), columns (a multiple of 2), bytes of one row of a or b (a
 * multiple of 16) and of c; all above 0. Every product is summed in the same order, so equal rows give equal bits.
 */
export function dotKernel(arithmetic: Arithmetic): WasmFunction {
  const {
    multiply,
    add,
    multiplyAdd: fused,
    lanes,
    lane,
    addLanes,
    load,
    store,
    shift,
  } = arithmetic;
  const [a, b, c, rows, columns, rowBytes, outBytes, i, j, k, out] = range(0, 11);
  const aRow = range(11, TILE_ROWS);
  const bRow = range(11 + TILE_ROWS, TILE_COLUMNS);
  const firstVector = 11 + TILE_ROWS + TILE_COLUMNS;
  const sum = range(firstVector, TILE_ROWS * TILE_COLUMNS);
  const x = firstVector + sum.length;
  const y = range(x + 1, TILE_COLUMNS);
  const sumAt = (r: number, s: number) => sum[r * TILE_COLUMNS + s]!;

  const row = (base: number, index: number, offset: number): Code[] => [
    local.get(base),
    ...[local.get(index), i32.const(offset), i32.add, local.get(rowBytes!), i32.multiply],
    i32.add,
  ];
  const operand = (base: number): Code[] => [
    ...[local.get(base), local.get(k!), i32.add],
    v128.load(0),
  ];
  const multiplyAdd = (r: number, s: number): Code[] => {
    const [sum, operands] = [local.get(sumAt(r, s)), [local.get(x), local.get(y[s]!)]];
    const code = fused ? [...operands, sum, fused] : [sum, ...operands, multiply, add];
    return [...code, local.set(sumAt(r, s))];
  };
  const inner: Code[] = [
    ...y.flatMap((vector, s) => [...operand(bRow[s]!), local.set(vector)]),
    ...aRow.flatMap((base, r) => [
      ...[...operand(base), local.set(x)],
      ...y.flatMap((_, s) => multiplyAdd(r, s)),
    ]),
  ];
  const storeSum = (r: number, s: number): Code[] => [
    ...[local.get(out!), local.get(out!), load(s << shift)],
    ...range(0, lanes).flatMap((index) => [local.get(sumAt(r, s)), lane(index), addLanes]),
    store(s << shift),
  ];
  const storeRow = (r: number): Code[] => [
    ...[local.get(c!), local.get(i!), i32.const(r), i32.add, local.get(outBytes!), i32.multiply],
    ...[i32.add, local.get(j!), i32.const(shift), i32.shiftLeft, i32.add, local.set(out!)],
    ...y.flatMap((_, s) => storeSum(r, s)),
  ];
  const tile: Code[] = [
    ...aRow.flatMap((address, r) => [...row(a!, i!, r), local.set(address)]),
    ...bRow.flatMap((address, s) => [...row(b!, j!, s), local.set(address)]),
    ...sum.flatMap((vector) => [v128.zero, local.set(vector)]),
    countUp(k!, 16, rowBytes!, inner),
    ...aRow.flatMap((_, r) => storeRow(r)),
  ];
  return {
    params: new Array<ValueType>(7).fill("i32"),
    locals: [
      ...new Array<ValueType>(firstVector - 7).fill("i32"),
      ...new Array<ValueType>(sum.length + 1 + TILE_COLUMNS).fill("v128"),
    ],
    body: [countUp(i!, TILE_ROWS, rows!, [countUp(j!, TILE_COLUMNS, columns!, tile)])],
  };
}

function range(start: number, length: number): number[] {
  return Array.from({ length }, (_, index) => start + index);
}
