import type { Level } from "../distribution/distribution.ts";
import type { GaussianMixture } from "../distribution/gaussian-mixture.ts";
import { invalid } from "../invalid.ts";
import type { Noise } from "../noise.ts";
import { gaussianAverage } from "./gaussian-average.ts";

/**
 * The cloning probability phi of two Gaussian classes: that two continuations of one state end in the same class.
 *
 * `kappa` = M² e^{−2t}/Γ_t is the squared signal to noise of the class at the level where they part
 * ({@link classSignal}); phi falls from 1 to Σ w². For equal weights phi = ½ ∫ (G₊² + G₋²)/(G₊ + G₋) (Biroli et al.
 * 2024), here as 1 − phi = √(w(1−w)) e^{−κ/2} ∫ sech(v) N(v; h, κ) dv with h = ½ ln(w/(1−w)): a quadrature good to 1e-14
 * for phi and for a small 1 − phi alike.
 */
export function cloningProbability(kappa: number, weight: number = 0.5): number {
  const { field, scale } = checked("cloningProbability", kappa, weight);
  if (kappa === 0) return weight ** 2 + (1 - weight) ** 2;
  if (kappa === Infinity) return 1;
  return (
    1 - scale * Math.exp(-0.5 * kappa) * gaussianAverage((v) => 1 / Math.cosh(v), kappa, field)
  );
}

/** H(class | x_t) of two Gaussian classes, nats, from the same `kappa`: 0 when separated, H(w) at pure noise. */
export function classEntropy(kappa: number, weight: number = 0.5): number {
  const { field, scale } = checked("classEntropy", kappa, weight);
  if (kappa === 0) return -weight * Math.log(weight) - (1 - weight) * Math.log1p(-weight);
  if (kappa === Infinity) return 0;
  // 2 cosh(v) · entropy of odds exp(2v), without its overflow.
  const entropy = (v: number) => {
    const rest = Math.exp(-2 * Math.abs(v));
    return Math.exp(Math.abs(v)) * ((1 + rest) * Math.log1p(rest) + 2 * Math.abs(v) * rest);
  };
  return scale * Math.exp(-0.5 * kappa) * gaussianAverage(entropy, kappa, field);
}

/** kappa = alpha² M²/(sigma² + alpha² deviation²) of the classes N(±M, deviation²) at a level. */
export function classSignal(mean: number, deviation: number, { alpha, sigma }: Level): number {
  return (alpha * mean) ** 2 / (sigma * sigma + (alpha * deviation) ** 2);
}

/** An average with the standard error of its Monte Carlo estimate. */
export interface Estimate {
  readonly mean: number;
  readonly standardError: number;
  readonly count: number;
}

/**
 * phi = E Σ_c p(c | x_t)² of any mixture, over `count` seeded draws of x_t. Components are classes of their own unless
 * `classes[k]` groups them.
 */
export function mixtureCloning(
  mixture: GaussianMixture,
  level: Level,
  { count, noise, classes }: { count: number; noise: Noise; classes?: ArrayLike<number> },
): Estimate {
  if (!Number.isInteger(count) || count < 2)
    throw invalid("mixtureCloning", "count must be an integer of at least 2", count);
  const x = mixture.sample(count, noise, level);
  const own = Array.from(mixture.weights, (_, k) => k);
  const posterior = mixture.classPosterior(x, level, classes ?? own);
  const width = posterior.length / count;
  const agreement = new Float64Array(count);
  for (let i = 0; i < posterior.length; i++)
    agreement[Math.floor(i / width)]! += posterior[i]! ** 2;
  const mean = agreement.reduce((sum, value) => sum + value, 0) / count;
  const squares = agreement.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / (count - 1) / count), count };
}

function checked(where: string, kappa: number, weight: number): { field: number; scale: number } {
  if (!(kappa >= 0)) throw invalid(where, "kappa must not be negative", kappa);
  if (!(weight > 0 && weight < 1)) throw invalid(where, "weight must lie in (0, 1)", weight);
  return { field: 0.5 * Math.log(weight / (1 - weight)), scale: Math.sqrt(weight * (1 - weight)) };
}
