import { invalid } from "../invalid.ts";
import { makeProcess, type Process } from "./process.ts";
import { sigmoid } from "./softplus.ts";

/** A monotone noise schedule gamma(t) = −log SNR on [0, 1], with its derivative. */
export interface Gamma {
  /** What makes it again: the ends of a straight line, or a table of a learnt schedule; see {@link gammaOf}. */
  readonly spec: GammaSpec;
  at(t: number): number;
  /** gamma′(t) > 0. */
  slope(t: number): number;
}

/** A gamma as plain JSON: a straight line from min to max, or its values at equal steps of t from 0 to 1. */
export type GammaSpec =
  | { readonly min: number; readonly max: number }
  | { readonly values: readonly number[] };

/** gamma from `min` to `max` in a straight line; −13.3 and 5 in Kingma et al. 2021. */
export function linearGamma(min = -13.3, max = 5): Gamma {
  if (!(max > min)) throw invalid("linearGamma", "min and max must ascend", [min, max]);
  return { spec: { min, max }, at: (t) => min + (max - min) * t, slope: () => max - min };
}

/**
 * gamma by its values at equal steps of t from 0 to 1, in straight lines between them: a learnt schedule as it is kept
 * with its network.
 */
export function tabulatedGamma(values: readonly number[]): Gamma {
  if (values.length < 2 || !values.every((value, i) => i === 0 || value > values[i - 1]!))
    throw invalid("tabulatedGamma", "values must be at least two, ascending", values);
  const pieces = values.length - 1;
  const piece = (t: number) => Math.min(pieces - 1, Math.max(0, Math.floor(t * pieces)));
  const rise = (i: number) => values[i + 1]! - values[i]!;
  return {
    spec: { values },
    at: (t) => values[piece(t)]! + rise(piece(t)) * (t * pieces - piece(t)),
    slope: (t) => rise(piece(t)) * pieces,
  };
}

/** The gamma of a spec. */
export function gammaOf(spec: GammaSpec): Gamma {
  return "values" in spec ? tabulatedGamma(spec.values) : linearGamma(spec.min, spec.max);
}

/**
 * The variational diffusion model's process (Kingma et al. 2021): alpha² = sigmoid(−gamma), sigma² = sigmoid(gamma),
 * f = −½ gamma′ sigma², g² = gamma′ sigma², for any increasing gamma, learnt ones included.
 *
 * Unlike the others it is not clean at t = 0: log SNR there is −gamma(0).
 */
export function vdm(gamma: Gamma = linearGamma()): Process {
  const variance = (t: number) => sigmoid(gamma.at(t));
  return makeProcess({
    name: "vdm",
    spec: { name: "vdm", gamma: gamma.spec },
    tMin: 0,
    tMax: 1,
    alpha: (t) => Math.sqrt(sigmoid(-gamma.at(t))),
    sigma: (t) => Math.sqrt(variance(t)),
    drift: (t) => -0.5 * gamma.slope(t) * variance(t),
    diffusion: (t) => Math.sqrt(gamma.slope(t) * variance(t)),
    timeAt: (logSnr) => bisect(gamma.at, -logSnr),
  });
}

/** The t in [0, 1] where an increasing function takes a value, to the last bit. */
function bisect(increasing: (t: number) => number, value: number): number {
  let [low, high] = [0, 1];
  if (!(increasing(low) <= value && value <= increasing(high)))
    throw invalid("vdm", `−logSnr must lie in [${increasing(0)}, ${increasing(1)}]`, value);
  for (;;) {
    const middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) return increasing(high) === value ? high : low;
    if (increasing(middle) <= value) low = middle;
    else high = middle;
  }
}
