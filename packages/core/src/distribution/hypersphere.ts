import { invalid } from "../invalid.ts";
import { CLEAN } from "../level.ts";
import type { Noise } from "../noise.ts";
import type { Samples } from "../samples.ts";
import { logSphereAverage, vonMisesFisherMean } from "./bessel.ts";
import { checkCount, checkLevel, countOf, type Distribution, type Level } from "./distribution.ts";

/** Data spread evenly over a sphere: every direction breaks the symmetry at once. */
export interface Hypersphere extends Distribution {
  readonly radius: number;
}

/**
 * The uniform law on the sphere of this radius in `dimension` dimensions (1: two deltas; 2: a circle).
 *
 * The posterior over directions is von Mises–Fisher with κ = alpha r |x| / sigma², so E[x_0 | x] = r A_D(κ) x/|x|.
 */
export function hypersphere(dimension: number, radius: number = 1): Hypersphere {
  if (!Number.isInteger(dimension) || dimension < 1)
    throw invalid("hypersphere", "dimension must be a positive integer", dimension);
  if (!(radius > 0 && radius < Infinity))
    throw invalid("hypersphere", "radius must be positive and finite", radius);

  /** Calls back with each sample's position, length and κ. */
  const walk = (
    where: string,
    x: Samples,
    level: Level,
    visit: (n: number, length: number, kappa: number) => void,
  ): void => {
    checkLevel(where, level, true);
    const count = countOf(where, x, dimension);
    for (let n = 0; n < count; n++) {
      let square = 0;
      for (let i = n * dimension; i < (n + 1) * dimension; i++) square += x[i]! * x[i]!;
      const length = Math.sqrt(square);
      visit(n, length, (level.alpha * radius * length) / (level.sigma * level.sigma));
    }
  };

  const denoise = (x: Samples, level: Level): Float64Array => {
    const out = new Float64Array(x.length);
    walk("hypersphere.denoise", x, level, (n, length, kappa) => {
      const stretch = length === 0 ? 0 : (radius * vonMisesFisherMean(dimension, kappa)) / length;
      for (let i = n * dimension; i < (n + 1) * dimension; i++) out[i] = stretch * x[i]!;
    });
    return out;
  };

  return {
    size: dimension,
    radius,
    denoise,

    logDensity(x: Samples, level: Level): Float64Array {
      const out = new Float64Array(countOf("hypersphere.logDensity", x, dimension));
      const { alpha, sigma } = level;
      walk("hypersphere.logDensity", x, level, (n, length, kappa) => {
        // −(|x|² + alpha² r²)/2σ² + ln⟨exp(κ u·e)⟩, with the κ of the average completing the square.
        const offset = (length - alpha * radius) / sigma;
        const constant = dimension * Math.log(2 * Math.PI * sigma * sigma);
        out[n] = logSphereAverage(dimension, kappa) - 0.5 * (offset * offset + constant);
      });
      return out;
    },

    score(x: Samples, level: Level): Float64Array {
      const out = denoise(x, level);
      const { alpha, sigma } = level;
      for (let i = 0; i < out.length; i++) out[i] = (alpha * out[i]! - x[i]!) / (sigma * sigma);
      return out;
    },

    sample(count: number, noise: Noise, level: Level = CLEAN): Float64Array {
      checkCount("hypersphere.sample", count);
      checkLevel("hypersphere.sample", level, false);
      const z = new Float64Array(count * dimension);
      const out = new Float64Array(count * dimension);
      noise(z, dimension, 0);
      noise(out, dimension, 1);
      for (let n = 0; n < count; n++) {
        const end = (n + 1) * dimension;
        let square = 0;
        for (let i = n * dimension; i < end; i++) square += out[i]! * out[i]!;
        const stretch = (level.alpha * radius) / Math.sqrt(square);
        for (let i = n * dimension; i < end; i++) out[i] = stretch * out[i]! + level.sigma * z[i]!;
      }
      return out;
    },
  };
}
