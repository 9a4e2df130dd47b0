import type { Samples } from "../samples.ts";

/**
 * Σ (x − alpha a)² from each row of `x` (count × size) to each row first … last−1 of `data`, count × (last − first).
 *
 * Differences first, squares after, in double: exact to round-off however small the distance. In plain loops this costs
 * what |x|² − 2 x·a + |a|² costs, which loses all digits of a small distance.
 */
export function squaredDistances(
  x: Samples,
  data: Samples,
  size: number,
  alpha: number,
  first: number,
  last: number,
): Float64Array {
  const count = x.length / size;
  const width = last - first;
  const out = new Float64Array(count * width);
  const point = new Float64Array(size);
  for (let j = 0; j < width; j++) {
    const from = (first + j) * size;
    for (let i = 0; i < size; i++) point[i] = alpha * data[from + i]!;
    for (let n = 0; n < count; n++) out[n * width + j] = squaredDistance(x, n * size, point);
  }
  return out;
}

/** Four sums at once, since one would wait for itself. */
function squaredDistance(x: Samples, from: number, point: Float64Array): number {
  const size = point.length;
  const whole = size - (size % 4);
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let i = 0; i < whole; i += 4) {
    const d0 = x[from + i]! - point[i]!;
    const d1 = x[from + i + 1]! - point[i + 1]!;
    const d2 = x[from + i + 2]! - point[i + 2]!;
    const d3 = x[from + i + 3]! - point[i + 3]!;
    s0 += d0 * d0;
    s1 += d1 * d1;
    s2 += d2 * d2;
    s3 += d3 * d3;
  }
  for (let i = whole; i < size; i++) {
    const d = x[from + i]! - point[i]!;
    s0 += d * d;
  }
  return s0 + s1 + (s2 + s3);
}
