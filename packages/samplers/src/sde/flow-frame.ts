import { logSnr, type NoiseLevel } from "@symbreak/core";

/**
 * The probability flow of every process as one equation.
 *
 * With u = ln(sigma/alpha) as time and the state scaled to variance-preserving units, ξ = x·a/alpha with
 * a = 1/√(1 + e^{2u}), the flow is `dξ/du = a² ξ − a E[x0 | x]`: no drift or diffusion to know, bounded for all u.
 */
export interface FlowTime {
  readonly u: number;
  /** Signal amplitude in variance-preserving units. */
  readonly a: number;
}

/** The moment of the flow at a level. */
export function flowTime(level: NoiseLevel): FlowTime {
  return flowTimeAt(-0.5 * logSnr(level));
}

/** The moment of the flow at u = ln(sigma/alpha). */
export function flowTimeAt(u: number): FlowTime {
  return { u, a: 1 / Math.hypot(1, Math.exp(u)) };
}
