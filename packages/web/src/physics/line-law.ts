import {
  type Covariance,
  type Distribution,
  type GaussianMixture,
  gaussianMixture,
  hypersphere,
  type Samples,
} from "@symbreak/core";
import { noisyLevel } from "./chain.ts";

/** What a {@link LineLaw} is made of, as plain data that can be sent to a worker. */
export type LineLawSpec =
  | {
      readonly kind: "mixture";
      readonly means: readonly number[];
      readonly weights: readonly number[];
      readonly deviation: number;
    }
  | { readonly kind: "sphere"; readonly dimension: number };

/** A law of clean data seen along one line through its space: all of it in one dimension, a radius of a sphere. */
export interface LineLaw {
  readonly spec: LineLawSpec;
  readonly distribution: Distribution;
  /** The law as a mixture, where it is one. */
  readonly mixture: GaussianMixture | undefined;
  /** Half the width that shows the law and the noise. */
  readonly edge: number;
  /** Top variance of the data. */
  readonly lambda: number;
  /** The points of space at these places on the line, count × size. */
  place(x: Float64Array): Float64Array;
  /** Where on the line each point of a batch is. */
  along(batch: Samples): Float64Array;
  /** The class in which each point of a batch near the data has ended: 0, 1, … */
  outcome(batch: Samples): Int32Array;
}

/** The law that these data describe. */
export function lineLawOf(spec: LineLawSpec): LineLaw {
  return spec.kind === "sphere"
    ? sphereLine(spec.dimension)
    : mixtureLine(spec.means, spec.weights, spec.deviation);
}

/** The Gaussians N(mean, deviation²) on a line; a deviation of 0 makes them points. */
export function mixtureLine(
  means: readonly number[],
  weights: readonly number[],
  deviation: number,
): LineLaw {
  const mixture = gaussianMixture({
    weights,
    means: means.map((mean) => [mean]),
    covariances: means.map(() => deviation ** 2),
  });
  const reach = Math.max(...means.map(Math.abs)) + 2.5 * deviation;
  return {
    spec: { kind: "mixture", means, weights, deviation },
    distribution: mixture,
    mixture,
    edge: Math.max(3.2, 1.15 * reach),
    lambda: topVariance(mixture.moments().covariance),
    place: (x) => x,
    along: (batch) => Float64Array.from(batch),
    outcome: (batch) => mostLikely(mixture, batch),
  };
}

/** The sphere of radius 1 in some dimensions along a radius; a point's place is its length, left of 0 if it leans left. */
export function sphereLine(dimension: number): LineLaw {
  const distribution = hypersphere(dimension);
  const along = (batch: Samples): Float64Array =>
    Float64Array.from({ length: batch.length / dimension }, (_, n) => {
      const point = batch.subarray(n * dimension, (n + 1) * dimension);
      return Math.hypot(...point) * (point[0]! < 0 ? -1 : 1);
    });
  return {
    spec: { kind: "sphere", dimension },
    distribution,
    mixture: undefined,
    edge: Math.max(3.2, Math.sqrt(dimension) + 2),
    lambda: 1 / dimension,
    place(x) {
      const out = new Float64Array(x.length * dimension);
      x.forEach((value, n) => {
        out[n * dimension] = value;
      });
      return out;
    },
    along,
    outcome: (batch) => Int32Array.from(along(batch), (x) => (x < 0 ? 1 : 0)),
  };
}

/** Λ, the largest variance along any direction. */
export function topVariance(covariance: Covariance): number {
  return covariance.kind === "spectral"
    ? covariance.eigenvalues[0]!
    : Math.max(...covariance.variances);
}

/** The component that most likely made each point of a batch at the cleanest noisy level. */
function mostLikely(mixture: GaussianMixture, batch: Samples): Int32Array {
  const parts = mixture.weights.length;
  const posterior = mixture.posterior(batch, noisyLevel(0));
  return Int32Array.from({ length: batch.length / mixture.size }, (_, n) => {
    let best = 0;
    for (let k = 1; k < parts; k++)
      if (posterior[n * parts + k]! > posterior[n * parts + best]!) best = k;
    return best;
  });
}
