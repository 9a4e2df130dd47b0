/** IEEE half precision to float32, exactly. */
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

/** bfloat16, the upper half of a float32, to float32. */
export function fromBfloat16(halves: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(halves, (bits) => bits << 16).buffer);
}
