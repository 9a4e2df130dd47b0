import { makeProcess, type Process } from "./process.ts";
import { softplus } from "./softplus.ts";

/** Settings of {@link vp} and {@link subVp}: beta(t) = betaMin + (betaMax − betaMin)·t. */
export interface VpOptions {
  /** Default 0.1. */
  readonly betaMin?: number;
  /** Default 20. */
  readonly betaMax?: number;
  /** Default 1e-3, Song et al.'s for sampling. */
  readonly tMin?: number;
  /** Default 1. */
  readonly tMax?: number;
}

/** beta(t), its integral from 0, and that integral's inverse. */
export function linearRate({ betaMin = 0.1, betaMax = 20 }: VpOptions): {
  beta: (t: number) => number;
  integral: (t: number) => number;
  timeOf: (integral: number) => number;
} {
  const slope = betaMax - betaMin;
  return {
    beta: (t) => betaMin + slope * t,
    integral: (t) => betaMin * t + 0.5 * slope * t * t,
    timeOf: (b) => (2 * b) / (betaMin + Math.sqrt(betaMin * betaMin + 2 * slope * b)),
  };
}

/**
 * Variance preserving (Song et al. 2021, eq. 11): dx = −beta x/2 dt + √beta dW, the continuous DDPM.
 *
 * alphaBar(t) = exp(−∫beta), alpha² + sigma² = 1.
 */
export function vp(options: VpOptions = {}): Process {
  const { tMin = 1e-3, tMax = 1 } = options;
  const { beta, integral, timeOf } = linearRate(options);
  return makeProcess({
    name: "vp",
    tMin,
    tMax,
    alpha: (t) => Math.exp(-0.5 * integral(t)),
    sigma: (t) => Math.sqrt(-Math.expm1(-integral(t))),
    drift: (t) => -0.5 * beta(t),
    diffusion: (t) => Math.sqrt(beta(t)),
    timeAt: (logSnr) => timeOf(softplus(-logSnr)),
  });
}
