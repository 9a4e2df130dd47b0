import { invalid } from "../invalid.ts";
import { CLEAN } from "../level.ts";
import type { Noise } from "../noise.ts";
import type { Samples } from "../samples.ts";
import {
  checkCount,
  checkLevel,
  countOf,
  type Distribution,
  type Level,
  row,
} from "./distribution.ts";
import { normalCdf } from "./normal-cdf.ts";
import { softmax } from "./softmax.ts";
import { squaredDistances } from "./squared-distances.ts";

/** The law of a finite data set: one point mass each, the target of perfect memorisation. */
export interface Empirical extends Distribution {
  /** n × size, as given. */
  readonly data: Samples;
  /** p(data point | x_t), count × n. The memory is yours: 8 · count · n bytes. */
  posterior(x: Samples, level: Level): Float64Array;
  /** 1 / Σ_j p(j | x_t)², one a sample: how many data points share it; 1 when the state has collapsed onto one. */
  participation(x: Samples, level: Level): Float64Array;
}

/** Rows of x are taken so many at a time that their distances to all data fit in 32 MB. */
const DISTANCES_AT_ONCE = 2 ** 22;

/** A smaller weight changes no double of an average over 10⁴ points. */
const NEGLIGIBLE = 1e-20;

/**
 * The empirical law of `data` (n × size), `p_t = (1/n) Σ N(alpha a_j, sigma² I)` (Biroli et al. 2024, section 2). Its
 * denoiser returns the softmax-weighted mean of the data; sampling with it returns training samples.
 *
 * Exact at any sigma > 0. Costs count · n · size operations a call, in plain loops; see {@link empiricalDenoise} for
 * the same through a fast matrix product. `data` is not copied.
 */
export function empirical(data: Samples, size: number): Empirical {
  if (!Number.isInteger(size) || size < 1)
    throw invalid("empirical", "size must be a positive integer", size);
  const points = countOf("empirical", data, size);
  if (points === 0) throw invalid("empirical", "data must hold at least one sample", data.length);

  /** Visits x in blocks of rows; `weights` is rows × n and `logSums` the ln Σ_j exp(−|x − alpha a_j|²/2 sigma²). */
  const walk = (
    where: string,
    x: Samples,
    level: Level,
    visit: (first: number, weights: Float64Array, logSums: Float64Array) => void,
  ): number => {
    checkLevel(where, level, true);
    const count = countOf(where, x, size);
    const rows = Math.max(1, Math.floor(DISTANCES_AT_ONCE / points));
    const scale = -0.5 / (level.sigma * level.sigma);
    for (let first = 0; first < count; first += rows) {
      const block = x.subarray(first * size, Math.min(first + rows, count) * size);
      const weights = squaredDistances(block, data, size, level.alpha, 0, points);
      for (let i = 0; i < weights.length; i++) weights[i]! *= scale;
      const logSums = new Float64Array(block.length / size);
      for (let n = 0; n < logSums.length; n++) logSums[n] = softmax(row(weights, points, n));
      visit(first, weights, logSums);
    }
    return count;
  };

  const denoise = (x: Samples, level: Level): Float64Array => {
    const out = new Float64Array(x.length);
    walk("empirical.denoise", x, level, (first, weights) => {
      for (let j = 0; j < points; j++)
        for (let n = 0; n * points < weights.length; n++) {
          const weight = weights[n * points + j]!;
          if (weight < NEGLIGIBLE) continue;
          const to = (first + n) * size;
          for (let i = 0; i < size; i++) out[to + i]! += weight * data[j * size + i]!;
        }
    });
    return out;
  };

  return {
    size,
    data,
    denoise,

    logDensity(x: Samples, level: Level): Float64Array {
      const out = new Float64Array(countOf("empirical.logDensity", x, size));
      const constant = Math.log(points) + 0.5 * size * Math.log(2 * Math.PI * level.sigma ** 2);
      walk("empirical.logDensity", x, level, (first, _, logSums) => {
        for (let n = 0; n < logSums.length; n++) out[first + n] = logSums[n]! - constant;
      });
      return out;
    },

    score(x: Samples, level: Level): Float64Array {
      const out = denoise(x, level);
      const { alpha, sigma } = level;
      for (let i = 0; i < out.length; i++) out[i] = (alpha * out[i]! - x[i]!) / (sigma * sigma);
      return out;
    },

    posterior(x: Samples, level: Level): Float64Array {
      const out = new Float64Array(countOf("empirical.posterior", x, size) * points);
      walk("empirical.posterior", x, level, (first, weights) => out.set(weights, first * points));
      return out;
    },

    participation(x: Samples, level: Level): Float64Array {
      const out = new Float64Array(countOf("empirical.participation", x, size));
      walk("empirical.participation", x, level, (first, weights) => {
        for (let i = 0; i < weights.length; i++)
          out[first + Math.floor(i / points)]! += weights[i]! * weights[i]!;
      });
      return out.map((sum) => 1 / sum);
    },

    sample(count: number, noise: Noise, level: Level = CLEAN): Float64Array {
      checkCount("empirical.sample", count);
      checkLevel("empirical.sample", level, false);
      const out = new Float64Array(count * size);
      const choice = new Float64Array(count);
      noise(out, size, 0);
      noise(choice, 1, 1);
      for (let n = 0; n < count; n++) {
        const from = Math.min(points - 1, Math.floor(points * normalCdf(choice[n]!))) * size;
        for (let i = 0; i < size; i++)
          out[n * size + i] = level.alpha * data[from + i]! + level.sigma * out[n * size + i]!;
      }
      return out;
    },
  };
}
