import { invalid } from "../invalid.ts";
import { CLEAN } from "../level.ts";
import type { Moments } from "../moments.ts";
import type { Noise } from "../noise.ts";
import type { Samples } from "../samples.ts";
import { type Covariance, isotropic } from "./covariance.ts";
import {
  checkCount,
  checkLevel,
  countOf,
  type Distribution,
  type Level,
  row,
} from "./distribution.ts";
import { type Gaussian, gaussian } from "./gaussian.ts";
import {
  mixtureHessian,
  mixtureMoments,
  mixturePosteriorCovariance,
} from "./mixture-covariance.ts";
import { normalCdf } from "./normal-cdf.ts";
import { softmax } from "./softmax.ts";

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
  const parted = components.length;

  /** Fills `out` (count × components) with p(k | x) and returns ln p(x). */
  const infer = (x: Samples, level: Level, out: Float64Array): Float64Array => {
    components.forEach((component, k) => {
      const logWeight = Math.log(weights[k]!);
      const logs = component.logDensity(x, level);
      for (let n = 0; n < logs.length; n++) out[n * parted + k] = logWeight + logs[n]!;
    });
    return Float64Array.from({ length: out.length / parted }, (_, n) =>
      softmax(row(out, parted, n)),
    );
  };

  const posterior = (x: Samples, level: Level): Float64Array => {
    const out = new Float64Array(countOf("gaussianMixture", x, size) * parted);
    infer(x, level, out);
    return out;
  };

  /** Σ_k p(k | x) · answer of component k. */
  const average = (
    x: Samples,
    level: Level,
    answer: (component: Gaussian) => Float64Array,
  ): Float64Array => {
    const p = posterior(x, level);
    const out = new Float64Array(x.length);
    components.forEach((component, k) => {
      const part = answer(component);
      for (let i = 0; i < part.length; i++)
        out[i]! += p[Math.floor(i / size) * parted + k]! * part[i]!;
    });
    return out;
  };

  return {
    size,
    weights,
    components,
    posterior,
    logDensity: (x, level) =>
      infer(x, level, new Float64Array(countOf("gaussianMixture", x, size) * parted)),
    score: (x, level) => average(x, level, (component) => component.score(x, level)),
    denoise: (x, level) => average(x, level, (component) => component.denoise(x, level)),
    hessian: (x, level) => mixtureHessian(components, posterior(x, level), x, level),
    posteriorCovariance: (x, level) =>
      mixturePosteriorCovariance(components, posterior(x, level), x, level),
    moments: () => mixtureMoments(components, weights),

    classPosterior(x: Samples, level: Level, classes: ArrayLike<number>): Float64Array {
      const count = 1 + Math.max(...checkClasses(classes, parted));
      const p = posterior(x, level);
      const out = new Float64Array((p.length / parted) * count);
      for (let i = 0; i < p.length; i++)
        out[Math.floor(i / parted) * count + classes[i % parted]!]! += p[i]!;
      return out;
    },

    conditional(chosen: ArrayLike<number>): GaussianMixture {
      const kept = Array.from(chosen);
      const wrong = kept.find((k) => components[k] === undefined);
      if (kept.length === 0 || wrong !== undefined)
        throw invalid(
          "gaussianMixture.conditional",
          `components must be some of 0 … ${parted - 1}`,
          kept,
        );
      return mixtureOf(
        Float64Array.from(kept, (k) => weights[k]!),
        kept.map((k) => components[k]!),
      );
    },

    sample(count: number, noise: Noise, level: Level = CLEAN): Float64Array {
      checkCount("gaussianMixture.sample", count);
      checkLevel("gaussianMixture.sample", level, false);
      const out = new Float64Array(count * size);
      const choice = new Float64Array(count);
      noise(out, size, 0);
      noise(choice, 1, 1);
      for (let n = 0; n < count; n++) {
        const z = row(out, size, n);
        const component = components[choose(weights, normalCdf(choice[n]!))]!;
        z.set(component.sample(1, (own) => own.set(z), level));
      }
      return out;
    },
  };
}

/** The first component whose cumulated weight exceeds `u`; one of weight 0 is never chosen. */
function choose(weights: Float64Array, u: number): number {
  let cumulated = 0;
  let last = 0;
  for (let k = 0; k < weights.length; k++) {
    if (weights[k]! === 0) continue;
    cumulated += weights[k]!;
    last = k;
    if (u < cumulated) break;
  }
  return last;
}

function checkClasses(classes: ArrayLike<number>, components: number): number[] {
  const list = Array.from(classes);
  if (list.length !== components || !list.every((c) => Number.isInteger(c) && c >= 0))
    throw invalid(
      "gaussianMixture.classPosterior",
      `classes must give each of ${components} components its class, 0, 1, …`,
      list,
    );
  return list;
}
