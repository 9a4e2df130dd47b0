import {
  type GaussianMixture,
  gaussianMixture,
  type Level,
  type Moments,
  type NoiseLevel,
  philoxNoise,
  type Samples,
} from "@symbreak/core";
import type { Denoiser } from "../../src/denoiser.ts";

/**
 * Data of independent coordinates, each an asymmetric mixture on its own scale, with a spectrum that falls like an
 * image's. Everything is exact: the denoiser, and the W2 distance of samples, which is the sum over coordinates of one
 * between sorted numbers.
 */
export interface ProductOfMixtures {
  readonly size: number;
  readonly moments: Moments;
  readonly denoiser: Denoiser;
  sample(count: number, seed: number): Float64Array;
  /** Squared W2 distance of samples, count × size, from the law, all coordinates together. */
  squaredW2(samples: Samples): number;
}

export function productOfMixtures(scales: readonly number[]): ProductOfMixtures {
  const size = scales.length;
  const laws = scales.map((scale, j) => {
    const [near, far] = [-0.6 * scale, (1.2 + 0.1 * j) * scale];
    const spread = (0.15 * scale) ** 2;
    return gaussianMixture({
      weights: [0.65, 0.35],
      means: [[near], [far]],
      covariances: [spread, 2 * spread],
    });
  });
  const each = laws.map((law) => law.moments());
  const variances = Float64Array.from(each, ({ covariance }) =>
    covariance.kind === "diagonal" ? covariance.variances[0]! : covariance.eigenvalues[0]!,
  );
  const moments: Moments = {
    size,
    mean: Float64Array.from(each, ({ mean }) => mean[0]!),
    covariance: { kind: "diagonal", variances },
  };
  const perCoordinate = (
    x: Samples,
    f: (law: GaussianMixture, column: Float64Array, j: number) => Float64Array,
  ) => {
    const out = new Float64Array(x.length);
    for (const [j, law] of laws.entries()) {
      const column = Float64Array.from({ length: x.length / size }, (_, n) => x[n * size + j]!);
      for (const [n, value] of f(law, column, j).entries()) out[n * size + j] = value;
    }
    return out;
  };
  const denoise = (x: Samples, level: Level) =>
    perCoordinate(x, (law, column) => law.denoise(column, level));
  return {
    size,
    moments,
    denoiser: {
      shape: [size],
      predicts: "sample",
      predict: async (x: Samples, level: NoiseLevel) => denoise(x, level),
    },
    sample: (count, seed) =>
      perCoordinate(new Float64Array(count * size), (law, column, j) =>
        law.sample(column.length, philoxNoise(seed * 100 + j)),
      ),
    squaredW2(samples) {
      let sum = 0;
      perCoordinate(samples, (law, column) => {
        const sorted = column.sort();
        const exact = quantiles(law, sorted.length);
        sum +=
          sorted.reduce((total, value, n) => total + (value - exact[n]!) ** 2, 0) / sorted.length;
        return column;
      });
      return sum;
    },
  };
}

/** The quantiles (n + ½)/count of a law on the line, from its density on a fine grid. */
function quantiles(law: GaussianMixture, count: number): Float64Array {
  const reach = 8 * Math.max(...law.components.map(({ moments }) => Math.abs(moments.mean[0]!)));
  const points = 40000;
  const grid = Float64Array.from(
    { length: points },
    (_, i) => -reach + (2 * reach * i) / (points - 1),
  );
  const density = law.logDensity(grid, { alpha: 1, sigma: 0 }).map(Math.exp);
  const out = new Float64Array(count);
  let mass = 0;
  let n = 0;
  for (let i = 1; i < points && n < count; i++) {
    const more = 0.5 * (density[i]! + density[i - 1]!) * (grid[1]! - grid[0]!);
    for (; n < count && (n + 0.5) / count <= mass + more; n++)
      out[n] = grid[i - 1]! + (((n + 0.5) / count - mass) / more) * (grid[1]! - grid[0]!);
    mass += more;
  }
  return out.fill(grid[points - 1]!, n);
}
