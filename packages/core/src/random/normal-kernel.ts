import {
  type Code,
  countUp,
  f64,
  f64x2,
  i32,
  i64,
  i64x2,
  local,
  v128,
  type WasmFunction,
} from "../simd/wasm.ts";

/** Taylor coefficients, lowest first; enough that what is left out is below 1e-17. */
const ATANH = Array.from({ length: 11 }, (_, k) => 1 / (2 * k + 1));
const COSINE = taylor(9, 0);
const SINE = taylor(9, 1);

/** (−1)^k/(2k + first)!, k = 0 … count − 1. */
function taylor(count: number, first: number): number[] {
  let term = 1;
  return Array.from({ length: count }, (_, k) => {
    const n = 2 * k + first;
    if (k > 0) term /= -n * (n - 1);
    return term;
  });
}

/** A double whose last 32 bits are the integer that is added to it: 2⁵². */
const MAGIC = 2 ** 52;
const BIAS = 1023;

const both = (value: number): Code => [...f64.const(value), ...f64x2.splat];
const mask = (value: number): Code => [...i64.const(value), ...i64x2.splat];
const shift = (vector: number, by: number, direction: Code): Code[] => [
  ...[local.get(vector), i32.const(by), direction],
];

/** An integer in the lower bits of each 64-bit lane of the stack's top as a double, less `offset`. */
const asDouble = (offset: number): Code[] => [
  ...[both(MAGIC), v128.or, both(MAGIC + offset), f64x2.subtract],
];

/** Horner's rule. */
function polynomial(coefficients: readonly number[], x: number): Code[] {
  const [last, ...rest] = coefficients.map(both).reverse();
  return [last!, ...rest.flatMap((next) => [local.get(x), f64x2.multiply, next, f64x2.add])];
}

/**
 * Two independent standard normals from each pair of 32-bit words (Box & Muller 1958), two pairs at once.
 *
 * Parameters: addresses of the pairs (radius word, angle word) and of the normals, bytes of the pairs (a multiple of 16, above 0).
 *
 * Logarithm, cosine and sine are series in + − × ÷ √, which IEEE 754 fixes to the last bit, where `Math.log` and `Math.cos` may
 * differ from engine to engine: a seed gives the same doubles everywhere. They are right to 1e-15. The words' 32 bits make a
 * lattice of radii up to 6.77, beyond which a normal falls once in 10^11.
 */
export function normalKernel(): WasmFunction {
  const [pairs, out, bytes, at, to] = [0, 1, 2, 3, 4];
  const [words, value, mantissa, exponent, s, square] = [5, 6, 7, 8, 9, 10];
  const [radius, angle, x, y, turned, first, second] = [11, 12, 13, 14, 15, 16, 17];

  /** ln((word + ½)/2³²) = 2 atanh((m − 1)/(m + 1)) + e ln 2, with the mantissa m in [√½, √2]. */
  const logarithm: Code[] = [
    ...[local.get(words), mask(0xffffffff), v128.and, ...asDouble(-0.5), local.set(value)],
    ...[local.get(value), mask(0xfffffffffffff), v128.and, both(1), v128.or, local.set(mantissa)],
    ...[...shift(value, 52, i64x2.shiftRightUnsigned), ...asDouble(BIAS + 32), local.set(exponent)],
    ...[local.get(mantissa), both(Math.SQRT2), f64x2.greater, local.set(value)],
    ...[local.get(mantissa), both(0.5), f64x2.multiply, local.get(mantissa)],
    ...[local.get(value), v128.select, local.set(mantissa)],
    ...[local.get(exponent), local.get(value), both(1), v128.and, f64x2.add, local.set(exponent)],
    ...[local.get(mantissa), both(1), f64x2.subtract],
    ...[local.get(mantissa), both(1), f64x2.add, f64x2.divide, local.set(s)],
    ...[local.get(s), local.get(s), f64x2.multiply, local.set(square)],
    ...[both(2), local.get(s), f64x2.multiply, ...polynomial(ATANH, square), f64x2.multiply],
    ...[local.get(exponent), both(Math.LN2), f64x2.multiply, f64x2.add],
  ];
  /** Without its top two bits, which choose a quarter turn, the word is an angle in (−π/4, π/4). */
  const within: Code[] = [
    ...[...shift(words, 32, i64x2.shiftRightUnsigned), mask(0x3fffffff), v128.and],
    ...[...asDouble(0x1fffffff), both(0.5), f64x2.subtract],
    ...[both(Math.PI / 2 ** 31), f64x2.multiply],
  ];
  /** Bit 63 alone. */
  const sign = both(-0);
  /** Ones where the lower of the angle's two top bits is set; the upper one is bit 63 of the word's lane. */
  const oddTurn: Code[] = [local.get(turned), i32.const(63), i64x2.shiftRight];
  const store = (lane: 0 | 1): Code[] => [
    ...[local.get(to), local.get(first), local.get(second)],
    ...[v128.shuffle32(2 * lane, 2 * lane + 1, 2 * lane + 4, 2 * lane + 5), v128.store(16 * lane)],
  ];
  return {
    params: ["i32", "i32", "i32"],
    locals: ["i32", "i32", ...new Array(13).fill("v128")],
    body: [
      countUp(at, 16, bytes, [
        ...[local.get(pairs), local.get(at), i32.add, v128.load(0), local.set(words)],
        ...[both(-2), ...logarithm, f64x2.multiply, f64x2.squareRoot, local.set(radius)],
        ...[...within, local.set(angle)],
        ...[local.get(angle), local.get(angle), f64x2.multiply, local.set(square)],
        ...[local.get(radius), ...polynomial(COSINE, square), f64x2.multiply, local.set(x)],
        ...[local.get(radius), local.get(angle), f64x2.multiply, ...polynomial(SINE, square)],
        ...[f64x2.multiply, local.set(y), ...shift(words, 1, i64x2.shiftLeft), local.set(turned)],
        // A quarter turn makes (x, y) to (−y, x).
        ...[local.get(y), local.get(x), ...oddTurn, v128.select],
        ...[local.get(words), local.get(turned), v128.xor, sign, v128.and, v128.xor],
        ...[local.set(first), local.get(x), local.get(y), ...oddTurn, v128.select],
        ...[local.get(words), sign, v128.and, v128.xor, local.set(second)],
        ...[local.get(out), local.get(at), i32.const(1), i32.shiftLeft, i32.add, local.set(to)],
        ...[...store(0), ...store(1)],
      ]),
    ],
  };
}
