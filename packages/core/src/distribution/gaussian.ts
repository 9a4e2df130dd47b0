import { invalid } from "../invalid.ts";
import { CLEAN } from "../level.ts";
import type { Moments } from "../moments.ts";
import type { Noise } from "../noise.ts";
import type { Samples } from "../samples.ts";
import {
  applyFunction,
  type Covariance,
  checkMoments,
  smallestVariance,
  sumOverSpectrum,
} from "./covariance.ts";
import { checkCount, checkLevel, countOf, type Distribution, type Level } from "./distribution.ts";

/** A Gaussian: everything about it is linear algebra. */
export interface Gaussian extends Distribution {
  readonly moments: Moments;
  /** Cov(x_0 | x_t), the same at every x. */
  posteriorCovariance(level: Level): Covariance;
  /**
   * The exact probability flow from level `from` to level `to`, either way:
   * `x_s = alpha_s μ + C_s^{1/2} C_t^{-1/2} (x_t − alpha_t μ)`.
   */
  flow(x: Samples, from: Level, to: Level): Float64Array;
}

/**
 * The Gaussian with these moments. At a level its law is N(alpha μ, alpha² C + sigma² I), so the one decomposition in
 * `moments` serves every level: full, low rank + isotropic, or diagonal.
 *
 * A batch costs two products with the eigenvectors. `sample` multiplies standard noise by the symmetric square root:
 * at the noisy end that is the noise itself, and a late start looks like the full run with the same seed.
 */
export function gaussian(moments: Moments): Gaussian {
  checkMoments("gaussian", moments);
  const { size, mean, covariance } = moments;
  const smallest = smallestVariance(covariance, size);

  /** The noised variance of a direction, as a function of the clean one. */
  const noised = (where: string, level: Level): ((variance: number) => number) => {
    checkLevel(where, level, false);
    const { alpha, sigma } = level;
    if (alpha * alpha * smallest + sigma * sigma <= 0)
      throw invalid(where, "level.sigma must be positive: the covariance is singular", sigma);
    return (variance) => alpha * alpha * variance + sigma * sigma;
  };

  const deviation = (where: string, x: Samples, { alpha }: Level): Float64Array => {
    const out = new Float64Array(countOf(where, x, size) * size);
    for (let i = 0; i < out.length; i++) out[i] = x[i]! - alpha * mean[i % size]!;
    return out;
  };

  const addMean = (x: Float64Array, alpha: number): Float64Array => {
    for (let i = 0; i < x.length; i++) x[i]! += alpha * mean[i % size]!;
    return x;
  };

  return {
    size,
    moments,

    logDensity(x: Samples, level: Level): Float64Array {
      const v = noised("gaussian.logDensity", level);
      const dx = deviation("gaussian.logDensity", x, level);
      const solved = applyFunction(covariance, size, dx, (variance) => 1 / v(variance));
      const logDet = sumOverSpectrum(covariance, size, (variance) =>
        Math.log(2 * Math.PI * v(variance)),
      );
      const out = new Float64Array(dx.length / size);
      for (let i = 0; i < dx.length; i++) out[Math.floor(i / size)]! -= 0.5 * dx[i]! * solved[i]!;
      for (let n = 0; n < out.length; n++) out[n]! -= 0.5 * logDet;
      return out;
    },

    score(x: Samples, level: Level): Float64Array {
      const v = noised("gaussian.score", level);
      const dx = deviation("gaussian.score", x, level);
      return applyFunction(covariance, size, dx, (variance) => -1 / v(variance));
    },

    denoise(x: Samples, level: Level): Float64Array {
      const v = noised("gaussian.denoise", level);
      const dx = deviation("gaussian.denoise", x, level);
      const { alpha } = level;
      return addMean(
        applyFunction(covariance, size, dx, (variance) => (alpha * variance) / v(variance)),
        1,
      );
    },

    posteriorCovariance(level: Level): Covariance {
      const v = noised("gaussian.posteriorCovariance", level);
      const f = (variance: number) => (variance * level.sigma ** 2) / v(variance);
      if (covariance.kind === "diagonal")
        return { kind: "diagonal", variances: covariance.variances.map(f) };
      const { eigenvalues, eigenvectors, residual } = covariance;
      return {
        kind: "spectral",
        eigenvalues: eigenvalues.map((value) => f(Math.max(value, 0))),
        eigenvectors,
        residual: f(residual),
      };
    },

    flow(x: Samples, from: Level, to: Level): Float64Array {
      const v = noised("gaussian.flow", from);
      checkLevel("gaussian.flow", to, false);
      const w = (variance: number) => to.alpha ** 2 * variance + to.sigma ** 2;
      const dx = deviation("gaussian.flow", x, from);
      const flowed = applyFunction(covariance, size, dx, (variance) =>
        Math.sqrt(w(variance) / v(variance)),
      );
      return addMean(flowed, to.alpha);
    },

    sample(count: number, noise: Noise, level: Level = CLEAN): Float64Array {
      checkCount("gaussian.sample", count);
      checkLevel("gaussian.sample", level, false);
      const z = new Float64Array(count * size);
      noise(z, size, 0);
      const deviate = (variance: number) =>
        Math.hypot(level.alpha * Math.sqrt(variance), level.sigma);
      return addMean(applyFunction(covariance, size, z, deviate), level.alpha);
    },
  };
}
