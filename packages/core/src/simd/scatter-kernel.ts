import {
  type Code,
  countUp,
  f64,
  f64x2,
  i16x8,
  i32,
  i32x4,
  i64,
  local,
  unless,
  v128,
  type WasmFunction,
} from "./wasm.ts";

/**
 * out += Σ_i (x_i · w − shift) x_i over rows of bytes: the product of w with their scatter matrix, never formed.
 *
 * Parameters: addresses of the rows, w and out (doubles), number of rows, bytes of a row (a multiple of 8), shift.
 * A row is read once from memory for both uses; eight zero bytes cost one test (of MNIST's pixels 81 % are zero).
 */
export function scatterKernel(): WasmFunction {
  const [x, w, out, rows, rowBytes, shift, i, k, at, doubles] = Array.from({ length: 10 }).keys();
  const [scale, even, odd, bytes, low, high] = [10, 11, 12, 13, 14, 15];

  /** The eight bytes at hand as integers, four in `low` and four in `high`. */
  const unpack: Code[] = [
    ...[local.get(at!), v128.load8Bytes(0), i16x8.fromLowBytes, local.tee(bytes)],
    ...[i32x4.fromLowUnsigned16, local.set(low), local.get(bytes), i32x4.fromHighUnsigned16],
    local.set(high),
  ];
  const upperHalf = (ints: number): Code[] => [local.get(ints), local.get(ints), v128.upperHalf];
  /** The pairs of pixels as doubles, with the byte offset of their place in w and out. */
  const pairs: { value: Code[]; offset: number }[] = [low, high].flatMap((ints, half) => [
    { value: [local.get(ints), f64x2.fromLowInts], offset: 32 * half },
    { value: [...upperHalf(ints), f64x2.fromLowInts], offset: 32 * half + 16 },
  ]);
  const place = (base: number): Code[] => [
    ...[local.get(base), local.get(k!), i32.const(3), i32.shiftLeft, i32.add],
    local.set(doubles!),
  ];
  const project = pairs.flatMap(({ value, offset }, index) => {
    const sum = index % 2 === 0 ? even : odd;
    const product = [...value, local.get(doubles!), v128.load(offset), f64x2.multiply];
    return [local.get(sum), ...product, f64x2.add, local.set(sum)];
  });
  const spread = pairs.flatMap(({ value, offset }) => [
    ...[local.get(doubles!), local.get(doubles!), v128.load(offset)],
    ...[...value, local.get(scale), f64x2.multiply, f64x2.add, v128.store(offset)],
  ]);
  const eachEight = (base: number, body: Code[]): Code =>
    countUp(k!, 8, rowBytes!, [
      ...[local.get(x!), local.get(k!), i32.add, local.tee(at!), i64.load(0), i64.isZero],
      unless([...place(base), ...unpack, ...body]),
    ]);
  const total: Code[] = [
    ...[local.get(even), local.get(odd), f64x2.add, local.tee(even), f64x2.lane(0)],
    ...[local.get(even), f64x2.lane(1), f64.add, local.get(shift!), f64.subtract, f64x2.splat],
    local.set(scale),
  ];
  return {
    params: ["i32", "i32", "i32", "i32", "i32", "f64"],
    locals: ["i32", "i32", "i32", "i32", "v128", "v128", "v128", "v128", "v128", "v128"],
    body: [
      countUp(i!, 1, rows!, [
        ...[v128.zero, local.set(even), v128.zero, local.set(odd)],
        ...[eachEight(w!, project), ...total, eachEight(out!, spread)],
        ...[local.get(x!), local.get(rowBytes!), i32.add, local.set(x!)],
      ]),
    ],
  };
}
