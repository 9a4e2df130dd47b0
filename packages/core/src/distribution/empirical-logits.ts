import type { Multiply } from "../linalg/multiply.ts";
import type { Samples } from "../samples.ts";
import { type Level, row } from "./distribution.ts";
import { squaredDistances } from "./squared-distances.ts";

/** One block of data points and what they weigh: `logits` is count × width, −|x − alpha a|²/(2 sigma²). */
export interface LogitBlock {
  readonly points: Float32Array;
  readonly width: number;
  readonly logits: Float64Array;
}

/** A block's width does not depend on the batch: its sums, and so a sample, would too. */
const POINTS_AT_ONCE = 1024;
const FLOATS_AT_ONCE = 2 ** 22;

/** exp(−45) is below the resolution of a double beside 1. */
const WINDOW = 45;

/** Errors of a logit below this are left alone: they move a mean of many points by less than single precision. */
const TOLERANCE = 1e-3;

/** Relative error of a single-precision inner product, with room for any order of summation. */
const PRODUCT_ERROR = 2 ** -21;

/**
 * The logits of all data points, a block at a time, by the Gram trick |x|² − 2 alpha x·a + alpha² |a|² with the inner
 * products from `multiply`.
 *
 * Those are single precision, useless where sigma is small against |x|. But there few points matter: those that could
 * are measured again by exact differences.
 */
export async function* empiricalLogits(
  data: Samples,
  size: number,
  x: Samples,
  { alpha, sigma }: Level,
  multiply: Multiply,
): AsyncGenerator<LogitBlock, void, undefined> {
  const count = x.length / size;
  const total = data.length / size;
  const scale = -0.5 / (sigma * sigma);
  const single = Float32Array.from(x);
  const squares = norms(x, size);
  const best = new Float64Array(count).fill(-Infinity);
  const widest = Math.max(1, Math.min(POINTS_AT_ONCE, Math.floor(FLOATS_AT_ONCE / size)));
  for (let first = 0; first < total; first += widest) {
    const width = Math.min(widest, total - first);
    const from = data.subarray(first * size, (first + width) * size);
    const points = from instanceof Float32Array ? from : Float32Array.from(from);
    const shape = { rows: count, inner: size, columns: width, transposeB: true };
    const products = await multiply(single, points, shape);
    const lengths = norms(from, size);
    const longest = Math.sqrt(lengths.reduce((most, square) => Math.max(most, square), 0));
    const logits = new Float64Array(count * width);
    for (let n = 0; n < count; n++) {
      const own = row(logits, width, n);
      let top = -Infinity;
      for (let j = 0; j < width; j++) {
        const square =
          squares[n]! - 2 * alpha * products[n * width + j]! + alpha * alpha * lengths[j]!;
        own[j] = scale * Math.max(square, 0);
        if (own[j]! > top) top = own[j]!;
      }
      const error = -2 * scale * alpha * Math.sqrt(squares[n]!) * longest * PRODUCT_ERROR;
      if (error > TOLERANCE) {
        const worth = Math.max(best[n]!, top - error) - WINDOW - error;
        const sample = x.subarray(n * size, (n + 1) * size);
        for (let j = 0; j < width; j++)
          if (own[j]! >= worth)
            own[j] = scale * squaredDistances(sample, from, size, alpha, j, j + 1)[0]!;
      }
      for (let j = 0; j < width; j++) if (own[j]! > best[n]!) best[n] = own[j]!;
    }
    yield { points, width, logits };
  }
}

/** |row|² of each row, in double. */
function norms(rows: Samples, size: number): Float64Array {
  const out = new Float64Array(rows.length / size);
  for (let n = 0; n < out.length; n++) {
    let sum = 0;
    for (let i = n * size; i < (n + 1) * size; i++) sum += rows[i]! * rows[i]!;
    out[n] = sum;
  }
  return out;
}
