/** IEEE half precision, by its bits, to float32: exact. */
export function fromFloat16(halves: Uint16Array): Float32Array {
  const out = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) {
    const bits = halves[i]!;
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 1023;
    if (exponent === 0) out[i] = sign * fraction * 2 ** -24;
    else if (exponent < 31) out[i] = sign * (1024 + fraction) * 2 ** (exponent - 25);
    else out[i] = fraction === 0 ? sign * Infinity : NaN;
  }
  return out;
}

/** Numbers to IEEE half precision, by its bits: rounded to the nearest, halves to even; beyond 65504 infinite. */
export function toFloat16(values: ArrayLike<number>): Uint16Array {
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < halves.length; i++) {
    const value = values[i]!;
    const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
    const size = Math.abs(value);
    if (Number.isNaN(value)) halves[i] = 0x7e00;
    else if (size >= 65520) halves[i] = sign | 0x7c00;
    else {
      // Below 2⁻¹⁴ the spacing stays 2⁻²⁴.
      const exponent = Math.max(-14, Math.floor(Math.log2(size || 1e-300)));
      const units = roundHalfEven(size / 2 ** (exponent - 10));
      // A carry into the next power of two is a carry into the exponent's bits, too.
      halves[i] = sign | (units < 1024 ? units : units - 1024 + ((exponent + 15) << 10));
    }
  }
  return halves;
}

function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}
