import type { Samples } from "@symbreak/core";

/** The mean of each coordinate. */
export function meanOf(data: Samples, size: number): Float64Array {
  const mean = new Float64Array(size);
  for (let i = 0; i < data.length; i++) mean[i % size]! += (data[i]! * size) / data.length;
  return mean;
}

/** (a − m)·(b − m)/|a − m||b − m| of each sample; NaN where a length is 0. */
export function correlations(
  a: Samples,
  b: Samples,
  size: number,
  mean: ArrayLike<number>,
): Float64Array {
  const out = new Float64Array(a.length / size);
  for (let n = 0, i = 0; n < out.length; n++) {
    let [product, p, q] = [0, 0, 0];
    for (let j = 0; j < size; j++, i++) {
      const [x, y] = [a[i]! - mean[j]!, b[i]! - mean[j]!];
      product += x * y;
      p += x * x;
      q += y * y;
    }
    out[n] = product / Math.sqrt(p * q);
  }
  return out;
}
