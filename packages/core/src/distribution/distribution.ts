import { invalid } from "../invalid.ts";
import type { NoiseLevel } from "../level.ts";
import type { Noise } from "../noise.ts";
import type { Samples } from "../samples.ts";

/** The part of a noise level that a density needs: `x_t = alpha · x_0 + sigma · epsilon`. */
export type Level = Pick<NoiseLevel, "alpha" | "sigma">;

/**
 * A law of clean data whose noised versions p_t are known in closed form: an oracle for scores, denoisers, samplers.
 *
 * A batch `x` is count × size at one level, in either element type; every answer is in double precision. Clean data
 * (sigma = 0) is a level like any other for a law that has a density there; without one (deltas, empirical data, the
 * sphere, a singular covariance) it is an error.
 */
export interface Distribution {
  /** Dimension d of one sample. */
  readonly size: number;
  /** ln p_t(x), nats, one a sample. */
  logDensity(x: Samples, level: Level): Float64Array;
  /** ∇ ln p_t(x), count × size. */
  score(x: Samples, level: Level): Float64Array;
  /** E[x_0 | x_t = x], count × size. */
  denoise(x: Samples, level: Level): Float64Array;
  /**
   * `count` draws of x_t, clean data by default, count × size. Draw 0 of the noise makes the Gaussian part, draw 1 makes
   * the choice of a component, a data point or a direction: sample i depends on nothing but its own numbers.
   */
  sample(count: number, noise: Noise, level?: Level): Float64Array;
}

/** Below this sigma² and its inverse leave the range of a double. */
const SMALLEST_SIGMA = 1e-140;

/** Throws unless `level` is a level, with noise where the law `needsNoise`. */
export function checkLevel(where: string, { alpha, sigma }: Level, needsNoise: boolean): void {
  if (!(alpha >= 0 && alpha < Infinity))
    throw invalid(where, "level.alpha must be finite and not negative", alpha);
  if (sigma === 0 && !needsNoise) return;
  if (!(sigma >= SMALLEST_SIGMA && sigma < Infinity)) {
    const rule = needsNoise ? "" : "0 or ";
    throw invalid(where, `level.sigma must be ${rule}at least ${SMALLEST_SIGMA}`, sigma);
  }
}

/** The number of samples in `x`; throws unless it is whole. */
export function countOf(where: string, x: Samples, size: number): number {
  const count = x.length / size;
  if (!Number.isInteger(count))
    throw invalid(where, `x must hold whole samples of ${size} values`, x.length);
  return count;
}

/** Throws unless `count` is a whole number of samples. */
export function checkCount(where: string, count: number): void {
  if (!Number.isInteger(count) || count < 0)
    throw invalid(where, "count must be a whole number", count);
}

/** One row of a batch, as a view. */
export function row(batch: Float64Array, size: number, index: number): Float64Array {
  return batch.subarray(index * size, (index + 1) * size);
}
