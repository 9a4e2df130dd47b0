import { invalid } from "../invalid.ts";
import { CLEAN } from "../level.ts";
import type { Moments } from "../moments.ts";
import type { Samples } from "../samples.ts";
import { type Covariance, isotropic } from "./covariance.ts";
import type { Distribution, Level } from "./distribution.ts";
import { type Gaussian, gaussian } from "./gaussian.ts";
import {
  mixtureHessian,
  mixtureMoments,
  mixturePosteriorCovariance,
} from "./mixture-covariance.ts";
import { mixturePosterior, sumByClass } from "./mixture-posterior.ts";
import { mixtureSample } from "./mixture-sample.ts";

/** What a mixture is made of; entry k of each list belongs to component k. */
export interface MixtureComponents {
  /** Not negative; scaled to sum to one. */
  readonly weights: ArrayLike<number>;
  readonly means: readonly ArrayLike<number>[];
  /** A number is an isotropic variance; 0 makes the component a point. */
  readonly covariances: readonly (number | Covariance)[];
}

/** A mixture of Gaussians: the model of data with classes. */
export interface GaussianMixture extends Distribution {
  readonly weights: Float64Array;
  readonly components: readonly Gaussian[];
  /** p(k | x_t), count × components. */
  posterior(x: Samples, level: Level): Float64Array;
  /** p(class | x_t), count × classes, where `classes[k]` (0, 1, …) is the class of component k. */
  classPosterior(x: Samples, level: Level, classes: ArrayLike<number>): Float64Array;
  /** ∇∇ ln p_t, count × size × size. */
  hessian(x: Samples, level: Level): Float64Array;
  /** Cov(x_0 | x_t), count × size × size, positive semi-definite. */
  posteriorCovariance(x: Samples, level: Level): Float64Array;
  /** The law given that the component is one of these. */
  conditional(components: ArrayLike<number>): GaussianMixture;
  /** Mean and covariance of the whole mixture. */
  moments(): Moments;
}

/**
 * The mixture Σ w_k N(m_k, S_k). Under noise it stays one, with alpha m_k, alpha² S_k + sigma² I and the same weights;
 * so every answer is an average over components with the weights p(k | x_t), free of cancellation at small sigma.
 *
 * @example Two deltas at ±1: `gaussianMixture({ weights: [1, 1], means: [[1], [-1]], covariances: [0, 0] })`
 */
export function gaussianMixture({
  weights,
  means,
  covariances,
}: MixtureComponents): GaussianMixture {
  const size = means[0]?.length ?? 0;
  if (
    weights.length !== means.length ||
    covariances.length !== means.length ||
    means.length === 0
  ) {
    const got = [weights.length, means.length, covariances.length];
    throw invalid(
      "gaussianMixture",
      "weights, means and covariances must be as many, at least one",
      got,
    );
  }
  const components = means.map((mean, k) => {
    const given = covariances[k]!;
    const covariance = typeof given === "number" ? isotropic(given) : given;
    return gaussian({ size, mean: Float64Array.from(mean), covariance });
  });
  return mixtureOf(Float64Array.from(weights), components);
}

function mixtureOf(parts: Float64Array, components: readonly Gaussian[]): GaussianMixture {
  const { size } = components[0]!;
  const total = parts.reduce((sum, weight) => sum + weight, 0);
  if (!parts.every((weight) => weight >= 0) || !(total > 0 && total < Infinity))
    throw invalid("gaussianMixture", "weights must be finite, not negative and not all 0", parts);
  const weights = parts.map((weight) => weight / total);

  const infer = (x: Samples, level: Level) => mixturePosterior(weights, components, x, level);

  /** Σ_k p(k | x) · answer of component k. */
  const average = (
    x: Samples,
    level: Level,
    answer: (component: Gaussian) => Float64Array,
  ): Float64Array => {
    const { posterior } = infer(x, level);
    const out = new Float64Array(x.length);
    components.forEach((component, k) => {
      const part = answer(component);
      for (let n = 0, i = 0; i < part.length; n++) {
        const weight = posterior[n * components.length + k]!;
        for (let end = i + size; i < end; i++) out[i]! += weight * part[i]!;
      }
    });
    return out;
  };

  return {
    size,
    weights,
    components,
    logDensity: (x, level) => infer(x, level).logDensity,
    score: (x, level) => average(x, level, (component) => component.score(x, level)),
    denoise: (x, level) => average(x, level, (component) => component.denoise(x, level)),
    posterior: (x, level) => infer(x, level).posterior,
    classPosterior: (x, level, classes) =>
      sumByClass(infer(x, level).posterior, classes, components.length),
    hessian: (x, level) => mixtureHessian(components, infer(x, level).posterior, x, level),
    posteriorCovariance: (x, level) =>
      mixturePosteriorCovariance(components, infer(x, level).posterior, x, level),
    moments: () => mixtureMoments(components, weights),
    sample: (count, noise, level = CLEAN) =>
      mixtureSample(weights, components, count, noise, level),

    conditional(chosen: ArrayLike<number>): GaussianMixture {
      const kept = Array.from(chosen);
      const wrong = kept.find((k) => components[k] === undefined);
      if (kept.length === 0 || wrong !== undefined)
        throw invalid(
          "gaussianMixture.conditional",
          `components must be some of 0 … ${components.length - 1}`,
          kept,
        );
      return mixtureOf(
        Float64Array.from(kept, (k) => weights[k]!),
        kept.map((k) => components[k]!),
      );
    },
  };
}
