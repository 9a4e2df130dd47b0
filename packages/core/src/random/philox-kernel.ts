import {
  type Code,
  countUp,
  i32,
  i32x4,
  i64x2,
  local,
  v128,
  type WasmFunction,
} from "../simd/wasm.ts";

const ROUNDS = 10;
/** Of the first and the third counter word; what is added to the two key words after each round (Random123). */
const MULTIPLIERS = [0xd2511f53, 0xcd9e8d57] as const;
const WEYL = [0x9e3779b9, 0xbb67ae85] as const;

/**
 * Philox 4×32-10 of many counters, four at once: lane i of a vector belongs to counter i.
 *
 * Parameters: addresses of the first and of the third counter words and of the output (four words a counter), bytes of either list
 * (a multiple of 16, above 0); then the second and the fourth counter word and the two key words, the same for all.
 */
export function philoxKernel(): WasmFunction {
  const [first, third, out, bytes, second, fourth, k0, k1, at, to] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const words = [10, 11, 12, 13];
  const keys = [14, 15];
  const [low, high] = [16, 17];

  const load = (list: number, word: number): Code[] => [
    ...[local.get(list), local.get(at), i32.add, v128.load(0), local.set(word)],
  ];
  const spread = (scalar: number, vector: number): Code[] => [
    ...[local.get(scalar), i32x4.splat, local.set(vector)],
  ];
  /** The lower (0) or upper (1) halves of the four products that `low` and `high` hold. */
  const halves = (which: 0 | 1): Code[] => [
    ...[local.get(low), local.get(high), v128.shuffle32(which, 2 + which, 4 + which, 6 + which)],
  ];
  /** A word gives the lower halves of its products, and `other` takes up the upper ones. */
  const mix = (word: number, multiplier: number, other: number, key: number): Code[] => {
    const factor = [...i32.const(multiplier | 0), ...i32x4.splat];
    return [
      ...[local.get(word), factor, i64x2.lowProducts, local.set(low)],
      ...[local.get(word), factor, i64x2.highProducts, local.set(high)],
      ...[local.get(other), ...halves(1), v128.xor, local.get(key), v128.xor, local.set(other)],
      ...[...halves(0), local.set(word)],
    ];
  };
  /** After a round each word is called by the number before its own. */
  const named = (word: number, round: number): number => words[(word + round) % 4]!;
  const round = (_: unknown, r: number): Code[] => [
    ...mix(named(0, r), MULTIPLIERS[0], named(3, r), keys[1]!),
    ...mix(named(2, r), MULTIPLIERS[1], named(1, r), keys[0]!),
    ...keys.flatMap((key, i) => [
      ...[local.get(key), i32.const(WEYL[i]! | 0), i32x4.splat, i32x4.add, local.set(key)],
    ]),
  ];
  /** Words 0 and 1, or 2 and 3, of two neighbouring counters, in turn. */
  const paired = (word: number, counters: 0 | 2): Code[] => [
    ...[local.get(named(word, ROUNDS)), local.get(named(word + 1, ROUNDS))],
    v128.shuffle32(counters, counters + 4, counters + 1, counters + 5),
  ];
  const store = ([0, 2] as const).flatMap((counters) => [
    ...[...paired(0, counters), local.set(low), ...paired(2, counters), local.set(high)],
    ...[0, 1].flatMap((i) => [
      ...[local.get(to), local.get(low), local.get(high)],
      ...[v128.shuffle32(2 * i, 2 * i + 1, 2 * i + 4, 2 * i + 5), v128.store(16 * (counters + i))],
    ]),
  ]);
  return {
    params: new Array(8).fill("i32"),
    locals: ["i32", "i32", ...new Array(8).fill("v128")],
    body: [
      countUp(at, 16, bytes, [
        ...[...load(first, words[0]!), ...load(third, words[2]!)],
        ...[...spread(second, words[1]!), ...spread(fourth, words[3]!)],
        ...[...spread(k0, keys[0]!), ...spread(k1, keys[1]!)],
        ...Array.from({ length: ROUNDS }, round).flat(),
        ...[local.get(out), local.get(at), i32.const(2), i32.shiftLeft, i32.add, local.set(to)],
        ...store,
      ]),
    ],
  };
}
