import { checkKeys } from "../check-keys.ts";
import { invalid } from "../invalid.ts";
import { type Moments1D, normalDensity, transport } from "./transport.ts";

/** How samples are drawn: by the reverse SDE or by the probability-flow ODE. */
export type GuidanceDynamics = "sde" | "ode";

/** What guidance does to one class. */
export interface GuidedClass {
  readonly dynamics: GuidanceDynamics;
  /** Weight w of s_u + w (s_c − s_u): 1 is the class itself. */
  readonly w: number;
  /** Half the distance of the two class means, in units of their deviation. */
  readonly M: number;
  /** How far the mean of the samples lies beyond the class's. */
  readonly bias: number;
  /** Of the samples; the class has 1. */
  readonly variance: number;
}

/** Bias and variance of guided samples. */
export interface GuidanceTheory {
  readonly kind: "guidanceTheory";
  readonly rows: readonly GuidedClass[];
}

/**
 * Classifier-free guidance (Ho & Salimans 2022) on two classes N(±M, 1), guided to +M by s_u + w (s_c − s_u): what becomes
 * of the class. By the SDE the distortion fades as the classes move apart, the "blessing of dimension" of arXiv 2502.07849;
 * by the ODE it does not: after the speciation time the flow carries the overshoot along undamped.
 *
 * Deterministic: the density of the SDE by its Fokker–Planck equation, the ODE by quantiles; both within 0.001.
 */
export function guidanceTheory(
  options: { readonly weights?: readonly number[]; readonly means?: readonly number[] } = {},
): GuidanceTheory {
  checkKeys("guidanceTheory", options, ["weights", "means"]);
  const { weights = [1, 2, 4], means = [1, 2, 4, 8, 16] } = options;
  const rows = (["sde", "ode"] as const).flatMap((dynamics) =>
    weights.flatMap((w) => means.map((M) => guidedClass(dynamics, w, M))),
  );
  return { kind: "guidanceTheory", rows };
}

/** One row of {@link guidanceTheory}. */
export function guidedClass(dynamics: GuidanceDynamics, w: number, M: number): GuidedClass {
  if (dynamics !== "sde" && dynamics !== "ode")
    throw invalid("guidedClass", 'dynamics must be "sde" or "ode"', dynamics);
  if (!(w >= 1 && w < Infinity)) throw invalid("guidedClass", "w must be finite and at least 1", w);
  if (!(M > 0 && M < Infinity)) throw invalid("guidedClass", "M must be positive and finite", M);
  const { mean, variance } = dynamics === "sde" ? bySde(w, M) : byOde(w, M);
  return { dynamics, w, M, bias: mean, variance };
}

/** In y = x − m, m = M e^{−t}, the guided score is −y plus this: nothing once the other class is out of sight. */
function push(y: number, m: number, w: number): number {
  return m * (w - 1) * (1 - Math.tanh(m * (y + m)));
}

/** dy = (−y + 2 push) dτ + √2 dW from N(0, 1), where the classes are lost in the noise; the start is soon forgotten. */
function bySde(w: number, M: number): Moments1D {
  const start = Math.max(1, Math.log(M) + 5);
  return transport({
    drift: (y, share) => -y + 2 * push(y, M * Math.exp(-start * (1 - share)), w),
    ...{ duration: start, steps: Math.ceil(start / 0.01) },
    ...{ from: -7, to: 7 + w, cells: Math.ceil((14 + w) / 0.04) },
    density: normalDensity,
  });
}

/** dy = push dτ by quantiles, since the map from N(0, 1) is monotone. With m as the clock, dτ = dm/m, it begins at 0. */
function byOde(w: number, M: number): Moments1D {
  const steps = Math.ceil(M / 0.01);
  const h = M / steps;
  const slope = (y: number, m: number) => (w - 1) * (1 - Math.tanh(m * (y + m)));
  let [total, first, second] = [0, 0, 0];
  for (let k = -80; k <= 80; k++) {
    let y = k / 10;
    const weight = normalDensity(y);
    for (let i = 0; i < steps; i++) {
      const m = i * h;
      const a = slope(y, m);
      const b = slope(y + 0.5 * h * a, m + 0.5 * h);
      const c = slope(y + 0.5 * h * b, m + 0.5 * h);
      y += (h * (a + 2 * b + 2 * c + slope(y + h * c, m + h))) / 6;
    }
    total += weight;
    first += weight * y;
    second += weight * y * y;
  }
  const mean = first / total;
  return { mean, variance: second / total - mean * mean };
}
