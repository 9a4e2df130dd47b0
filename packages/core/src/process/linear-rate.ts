import { invalid } from "../invalid.ts";

/** Settings of `vp` and `subVp`: beta(t) = betaMin + (betaMax − betaMin)·t. */
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
  betaMin: number;
  betaMax: number;
} {
  if (!(betaMin > 0 && betaMax >= betaMin))
    throw invalid("linearRate", "betas must satisfy 0 < betaMin ≤ betaMax", [betaMin, betaMax]);
  const slope = betaMax - betaMin;
  return {
    betaMin,
    betaMax,
    beta: (t) => betaMin + slope * t,
    integral: (t) => betaMin * t + 0.5 * slope * t * t,
    timeOf: (b) => (2 * b) / (betaMin + Math.sqrt(betaMin * betaMin + 2 * slope * b)),
  };
}
