const round = Math.fround;

/** A fused multiply-add in float32: the product of two float32 numbers is exact in a double. */
const fma = (a: number, b: number, c: number): number => round(a * b + c);

const P = [
  0, 0.9999999999999999, 2.112677543073053, 1.4800006335765066, 0.3808837741388408,
  0.025899791179079226,
].map(round);
const Q = [
  1, 2.612677543073109, 2.4530060717847366, 0.9864942958519419, 0.15464763749839067,
  0.005875095403124574,
].map(round);

const horner = (coefficients: readonly number[], x: number): number =>
  coefficients.reduceRight((sum, coefficient) => fma(sum, x, coefficient));

const bits = new DataView(new ArrayBuffer(4));

/**
 * log(x) of a positive float32, bit for bit as numpy's on x86 with AVX2 or AVX-512: a rational function, right to some
 * four last places. It decides which timestep diffusers assigns to a float32 sigma.
 */
export function numpyLog(x: number): number {
  bits.setFloat32(0, x);
  const word = bits.getUint32(0);
  let exponent = (word >>> 23) - 127;
  bits.setUint32(0, (word & 0x007fffff) | 0x3f800000);
  let mantissa = bits.getFloat32(0);
  if (mantissa > round(Math.SQRT2)) {
    exponent++;
    mantissa /= 2;
  }
  const m = round(mantissa - 1);
  return fma(exponent, round(Math.LN2), round(horner(P, m) / horner(Q, m)));
}
