import { checkKeys } from "../check-keys.ts";
import { invalid } from "../invalid.ts";

/** A law of one number: Σ w_k N(mean_k, deviation_k²). */
export interface MixtureLine {
  /** Not negative; scaled to sum to one. */
  readonly weights: readonly number[];
  readonly means: readonly number[];
  /** One for all, or one each; 0 for points. */
  readonly deviations: number | readonly number[];
}

/** The score s = ∂ ln p_t/∂x of a law on the line, at one place and OU time, with what a bifurcation needs. */
interface ScoreJet {
  readonly s: number;
  /** ∂s/∂x, ∂²s/∂x², ∂³s/∂x³. */
  readonly sx: number;
  readonly sxx: number;
  readonly sxxx: number;
  /** ∂s/∂t and ∂²s/∂x∂t by OU time. */
  readonly st: number;
  readonly sxt: number;
}

/** A checked law with its scores. */
export interface LineScores {
  /** Largest |mean|. */
  readonly extent: number;
  /** Smallest distance between two means that differ; the extent where there are none. */
  readonly nearest: number;
  /** Largest deviation. */
  readonly widest: number;
  /** The score alone, at many places. */
  score(x: ArrayLike<number>, ouTime: number): Float64Array;
  jet(x: number, ouTime: number): ScoreJet;
}

/**
 * The scores of a one-dimensional mixture under the OU process, with derivatives in closed form: those in x from the
 * moments p⁽ⁿ⁾/p, those in time from the Fokker–Planck equation, ∂t ln p = 1 + x s + ∂s/∂x + s².
 */
export function lineScores(where: string, law: MixtureLine): LineScores {
  checkKeys(where, law, ["weights", "means", "deviations"]);
  const { weights, means } = law;
  const deviations =
    typeof law.deviations === "number" ? means.map(() => law.deviations as number) : law.deviations;
  const counts = [weights.length, means.length, deviations.length];
  if (means.length < 1 || new Set(counts).size > 1)
    throw invalid(where, "weights, means and deviations must be as many, at least one", counts);
  if (!means.every(Number.isFinite)) throw invalid(where, "means must be finite", means);
  if (!deviations.every((deviation) => deviation >= 0 && deviation < Infinity))
    throw invalid(where, "deviations must be finite and not negative", deviations);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!weights.every((weight) => weight >= 0) || !(total > 0 && total < Infinity))
    throw invalid(where, "weights must be finite, not negative and not all 0", weights);

  const components = (ouTime: number) => {
    const alphaBar = Math.exp(-2 * ouTime);
    return means.map((mean, k) => {
      const variance = -Math.expm1(-2 * ouTime) + alphaBar * deviations[k]! ** 2;
      const log = Math.log(weights[k]! / total) - 0.5 * Math.log(variance);
      return { mean: Math.exp(-ouTime) * mean, variance, log };
    });
  };
  type Component = ReturnType<typeof components>[number];
  const shares = new Float64Array(means.length);
  const posterior = (parts: readonly Component[], x: number): Float64Array => {
    let largest = -Infinity;
    parts.forEach(({ mean, variance, log }, k) => {
      shares[k] = log - (0.5 * (x - mean) ** 2) / variance;
      if (shares[k]! > largest) largest = shares[k]!;
    });
    let sum = 0;
    for (let k = 0; k < shares.length; k++) {
      shares[k] = Math.exp(shares[k]! - largest);
      sum += shares[k]!;
    }
    for (let k = 0; k < shares.length; k++) shares[k]! /= sum;
    return shares;
  };

  const gaps = means.flatMap((a, i) => means.slice(i + 1).map((b) => Math.abs(a - b)));
  const extent = Math.max(...means.map(Math.abs));
  return {
    extent,
    nearest: Math.min(extent, ...gaps.filter((gap) => gap > 0)),
    widest: Math.max(...deviations),

    score(x, ouTime) {
      const parts = components(ouTime);
      return Float64Array.from(x, (place) => {
        const share = posterior(parts, place);
        return parts.reduce(
          (s, { mean, variance }, k) => s + (share[k]! * (mean - place)) / variance,
          0,
        );
      });
    },

    jet(x, ouTime) {
      const parts = components(ouTime);
      const share = posterior(parts, x);
      let [a, b, c, d] = [0, 0, 0, 0];
      parts.forEach(({ mean, variance }, k) => {
        const z = (x - mean) / variance;
        a -= share[k]! * z;
        b += share[k]! * (z * z - 1 / variance);
        c -= share[k]! * (z ** 3 - (3 * z) / variance);
        d += share[k]! * (z ** 4 - (6 * z * z) / variance + 3 / variance ** 2);
      });
      const s = a;
      const sx = b - a * a;
      const sxx = c - 3 * a * b + 2 * a ** 3;
      const sxxx = d - 4 * a * c - 3 * b * b + 12 * a * a * b - 6 * a ** 4;
      const st = s + x * sx + sxx + 2 * s * sx;
      const sxt = 2 * sx + x * sxx + sxxx + 2 * (sx * sx + s * sxx);
      return { s, sx, sxx, sxxx, st, sxt };
    },
  };
}
