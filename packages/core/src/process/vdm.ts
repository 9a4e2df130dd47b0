import { invalid } from "../invalid.ts";
import { makeProcess, type Process } from "./process.ts";
import { sigmoid } from "./softplus.ts";

/** A monotone noise schedule gamma(t) = −log SNR on [0, 1], with its derivative. */
export interface Gamma {
  at(t: number): number;
  /** gamma′(t) > 0. */
  slope(t: number): number;
}

/** gamma from `min` to `max` in a straight line; −13.3 and 5 in Kingma et al. 2021. */
export function linearGamma(min = -13.3, max = 5): Gamma {
  return { at: (t) => min + (max - min) * t, slope: () => max - min };
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
