const round = Math.fround;

/** A fused multiply-add in float32: the product of two float32 numbers is exact in a double. */
const fma = (a: number, b: number, c: number): number => round(a * b + c);

const horner = (x: number, first: number, ...rest: readonly number[]): number =>
  rest.reduce((sum, coefficient) => fma(sum, x, round(coefficient)), round(first));

const bits = new DataView(new ArrayBuffer(4));

/**
 * log(x) of a normal float32, bit for bit as the AVX2 code that PyTorch's `randn` runs on x86: the polynomials of Cephes
 * `logf`, in the order of operations that its compiler chose.
 */
export function vectorLog(x: number): number {
  bits.setFloat32(0, x);
  const word = bits.getUint32(0);
  let exponent = (word >>> 23) - 126;
  bits.setUint32(0, (word & 0x007fffff) | 0x3f000000);
  let m = bits.getFloat32(0);
  if (m < round(Math.SQRT1_2)) {
    exponent--;
    m = round(m + m);
  }
  m = round(m - 1);
  const square = round(m * m);
  const p = horner(
    m,
    7.0376836292e-2,
    -1.151461031e-1,
    1.167699874e-1,
    -1.2420140846e-1,
    1.4249322787e-1,
    -1.6668057665e-1,
    2.0000714765e-1,
    -2.4999993993e-1,
    3.3333331174e-1,
  );
  let y = fma(round(p * m), square, round(exponent * round(-2.1219444e-4)));
  y = fma(-square, 0.5, y);
  return fma(exponent, round(0.693359375), round(m + y));
}

/** [sin x, cos x] of a float32 x ≥ 0, bit for bit as the same code: the polynomials of Cephes `sinf` and `cosf`. */
export function vectorSinCos(x: number): [number, number] {
  const octant = (Math.trunc(round(x * round(4 / Math.PI))) + 1) & ~1;
  let r = fma(octant, -0.78515625, x);
  r = fma(octant, -2.4187564849853516e-4, r);
  r = fma(octant, round(-3.774894977445941e-8), r);
  const z = round(r * r);
  const c = round(horner(z, 2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2) * z);
  const cos = round(fma(c, z, -round(z * 0.5)) + 1);
  const s = round(horner(z, -1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1) * z);
  const sin = fma(s, r, r);
  const [even, odd] = (octant & 2) === 0 ? [sin, cos] : [cos, sin];
  return [(octant & 4) === 0 ? even : -even, ((octant + 2) & 4) === 0 ? odd : -odd];
}
