import { invalid } from "../invalid.ts";
import { bisect } from "./bisect.ts";
import type { DataSize } from "./collapse.ts";

/** The empirical posterior of Gaussian data as a random-energy model. */
export interface RandomEnergy {
  /** Whether the data point that x_t came from outweighs all others: t < t_C. */
  readonly collapsed: boolean;
  /** ln of the others' weight against that of the own point, nats a dimension: psi + ½ of Biroli et al. 2024. */
  readonly others: number;
  /** ln(1/Σ_ν p(ν | x_t)²)/ln n: 0 in collapse, 1 at pure noise. */
  readonly logNumber: number;
}

/**
 * The random-energy model of p(ν | x_t) ∝ exp(−|x_t − alpha a_ν|²/2Δ) for n points of N(0, variance I), x_t noised from one of
 * them (Biroli et al. 2024, appendix), in the limit of many dimensions at the same ln n/d.
 *
 * At inverse temperature β the other points weigh n e^{dφ(β)} with φ(β) = −½ ln(1 + βr) − β(1 + r)/2(1 + βr) and
 * r = variance/(e^{2t} − 1), as long as their entropy ln n/d + φ − βφ' is positive; below, the nearest of them alone count,
 * with energy φ'(β*). β = 1 gives their weight S_1, β = 2 that of their squares; Σp² = (1 + S_2)/(1 + S_1)².
 */
export function randomEnergy(
  { count, size }: Pick<DataSize, "count" | "size">,
  variance: number,
  ouTime: number,
): RandomEnergy {
  if (!(count > 1 && count < Infinity))
    throw invalid("randomEnergy", "count must be more than 1", count);
  if (!Number.isInteger(size) || size < 1)
    throw invalid("randomEnergy", "size must be a positive integer", size);
  if (!(variance >= 0 && variance < Infinity))
    throw invalid("randomEnergy", "variance must be finite and not negative", variance);
  if (!(ouTime > 0)) throw invalid("randomEnergy", "ouTime must be positive", ouTime);
  const ratio = variance / Math.expm1(2 * ouTime);
  const entropy = Math.log(count) / size;
  const others = logWeight(1, ratio, entropy);
  const squares = logWeight(2, ratio, entropy);
  return {
    collapsed: 0.5 * Math.log1p(ratio) > entropy,
    others,
    logNumber: Math.max(0, 2 * Math.max(0, others) - Math.max(0, squares)) / entropy,
  };
}

/** ln Σ_ν e^{−β(E_ν − E_own)}/d over the others, of which there are e^{d·entropy}. */
function logWeight(beta: number, ratio: number, entropy: number): number {
  const left = (b: number) => entropy + free(b, ratio) - b * energy(b, ratio);
  if (left(beta) >= 0) return entropy + free(beta, ratio) + beta / 2;
  const frozen = bisect(left, 0, beta);
  return beta * (energy(frozen, ratio) + 0.5);
}

/** φ(β) */
function free(beta: number, ratio: number): number {
  return -0.5 * Math.log1p(beta * ratio) - (beta * (1 + ratio)) / (2 * (1 + beta * ratio));
}

/** φ'(β) */
function energy(beta: number, ratio: number): number {
  const widened = 1 + beta * ratio;
  return -ratio / (2 * widened) - (1 + ratio) / (2 * widened * widened);
}
