import { invalid, logSnr, type NoiseLevel } from "@symbreak/core";
import { checkChoice } from "./check-choice.ts";

/** Which equation is solved, and in which prediction: "++" works with x0, the others with epsilon. */
export type DpmAlgorithm = "dpmsolver++" | "dpmsolver" | "sde-dpmsolver++" | "sde-dpmsolver";

/** How the second-order term is weighted: by its limit for small steps, or exactly. */
export type DpmSolverType = "midpoint" | "heun";

/** Settings that the multistep and the singlestep DPM-Solver share. */
export interface DpmOptions {
  /** 1, 2 (default) or 3. */
  readonly order?: number;
  /** Default "dpmsolver++". The "sde-" forms are stochastic and need `noise`. */
  readonly algorithm?: DpmAlgorithm;
  /** Default "midpoint". */
  readonly solverType?: DpmSolverType;
}

/** The weights of a step: x' = ofX·x + d0·D0 + d1·D1 (of either type) + d2·D2 + noise·z. */
export interface DpmCoefficients {
  readonly ofX: number;
  readonly d0: number;
  readonly d1: Readonly<Record<DpmSolverType, number>>;
  readonly d2: number;
  readonly noise: number;
}

/** The orders that the family knows. */
export function checkOrder(solver: string, order: number): void {
  if (order !== 1 && order !== 2 && order !== 3)
    throw invalid(solver, "order must be 1, 2 or 3", order);
}

const ALGORITHMS = ["dpmsolver++", "dpmsolver", "sde-dpmsolver++", "sde-dpmsolver"];

/** Throws unless the algorithm is one of the four. */
export function checkAlgorithm(solver: string, algorithm: string): void {
  checkChoice(solver, "algorithm", algorithm, ALGORITHMS);
}

/** λ = log(alpha/sigma), half the log SNR: the time of DPM-Solver. */
export function lambda(level: NoiseLevel): number {
  return logSnr(level) / 2;
}

/**
 * A step from `from` to `to`, h = λ' − λ, of the exponential integrators of Lu et al. 2022 (DPM-Solver; DPM-Solver++).
 *
 * D0 is the prediction at the start; D1 and D2 estimate h and h² times its first and second derivative in λ.
 */
export function dpmCoefficients(
  algorithm: DpmAlgorithm,
  from: NoiseLevel,
  to: NoiseLevel,
  flawedThirdOrder = false,
): DpmCoefficients {
  const h = lambda(to) - lambda(from);
  switch (algorithm) {
    case "dpmsolver++":
      return weights(to.sigma / from.sigma, to.alpha, -h);
    case "dpmsolver": {
      // To clean data e^h is infinite and sigma' is 0; their product is not.
      const grown = to.sigma === 0 ? (to.alpha * from.sigma) / from.alpha : undefined;
      return weights(to.alpha / from.alpha, to.sigma, h, grown);
    }
    case "sde-dpmsolver++": {
      // x forgets e^{-h} more and is refilled with noise: the integrals of twice the step.
      const step = weights((to.sigma / from.sigma) * Math.exp(-h), to.alpha, -2 * h);
      const noise = to.sigma * Math.sqrt(-Math.expm1(-2 * h));
      return { ...step, noise, d2: step.d2 - (flawedThirdOrder ? to.alpha : 0) };
    }
    case "sde-dpmsolver": {
      if (to.sigma === 0)
        throw invalid(
          "dpmSolver",
          'levels must end above clean data for "sde-dpmsolver"',
          to.sigma,
        );
      const step = weights(to.alpha / from.alpha, 2 * to.sigma, h);
      return { ...step, noise: to.sigma * Math.sqrt(Math.expm1(2 * h)) };
    }
    default:
      throw invalid(
        "dpmSolver",
        'algorithm must be "dpmsolver++", "dpmsolver", "sde-dpmsolver++" or "sde-dpmsolver"',
        algorithm,
      );
  }
}

/** −scale · ∫ e^{z(1−u)} z·(1, u, u²/2) du over [0, 1], with `grown` = scale·(e^z − 1). */
function weights(
  ofX: number,
  scale: number,
  z: number,
  grown = scale * Math.expm1(z),
): DpmCoefficients {
  const heun = z === 0 ? 0 : scale - grown / z;
  const d2 = z === 0 ? 0 : scale / 2 - (Number.isFinite(z) ? (grown - scale * z) / z ** 2 : 0);
  return { ofX, d0: -grown, d1: { midpoint: -grown / 2, heun }, d2, noise: 0 };
}
