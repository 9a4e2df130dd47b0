import { invalid } from "../invalid.ts";

/** IEEE half precision, rounded to nearest even. Throws on what does not fit: beyond ±65504, or not a number. */
export function toFloat16(values: ArrayLike<number>): Uint16Array {
  const out = new Uint16Array(values.length);
  const single = new Float32Array(1);
  const bits = new Uint32Array(single.buffer);
  for (let i = 0; i < out.length; i++) {
    const magnitude = Math.abs(values[i]!);
    if (!(magnitude < 65520)) {
      throw invalid("toFloat16", "weights must lie in ±65504 to be stored in half precision", {
        weight: values[i]!,
      });
    }
    const sign = values[i]! < 0 || Object.is(values[i], -0) ? 0x8000 : 0;
    if (magnitude < 2 ** -14) {
      // Subnormal: a whole number of 2⁻²⁴; scaling is exact, and adding 2²³ rounds a float32 to nearest even.
      single[0] = magnitude * 2 ** 24 + 2 ** 23;
      out[i] = sign | (bits[0]! & 0x7fffff);
    } else {
      single[0] = magnitude;
      const rounded = bits[0]! + 0xfff + ((bits[0]! >> 13) & 1);
      out[i] = sign | ((rounded >> 13) - ((127 - 15) << 10));
    }
  }
  return out;
}
