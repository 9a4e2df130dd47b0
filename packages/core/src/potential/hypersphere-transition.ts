import { vonMisesFisherMean } from "../distribution/bessel.ts";
import { invalid } from "../invalid.ts";
import { bisect } from "./bisect.ts";
import { criticalAlphaBar } from "./instability-law.ts";

/** Where the centre loses its stability for data spread evenly over a sphere: the instability law at radius²/dimension. */
export function hypersphereCriticalAlphaBar(dimension: number, radius: number = 1): number {
  check("hypersphereCriticalAlphaBar", dimension, radius);
  return criticalAlphaBar(radius ** 2 / dimension);
}

/**
 * The radius of the sphere of wells that the generative potential has at `alphaBar`; 0, the centre, until the critical
 * level. It solves (1 + a) ρ = 2 √a r A_D(√a r ρ/(1−a)), which for one dimension is the equation of two deltas.
 */
export function hypersphereWell(dimension: number, alphaBar: number, radius: number = 1): number {
  check("hypersphereWell", dimension, radius);
  if (!(alphaBar > 0 && alphaBar < 1))
    throw invalid("hypersphereWell", "alphaBar must lie in (0, 1)", alphaBar);
  if (alphaBar <= hypersphereCriticalAlphaBar(dimension, radius)) return 0;
  const signal = Math.sqrt(alphaBar) * radius;
  const slope = signal / (1 - alphaBar);
  // The pull for its length falls steadily from the centre outwards.
  const pull = (rho: number): number => {
    const gain = rho === 0 ? slope / dimension : vonMisesFisherMean(dimension, slope * rho) / rho;
    return 2 * signal * gain - (1 + alphaBar);
  };
  return bisect(pull, 0, 2 * signal);
}

function check(where: string, dimension: number, radius: number): void {
  if (!Number.isInteger(dimension) || dimension < 1)
    throw invalid(where, "dimension must be a positive integer", dimension);
  if (!(radius > 0 && radius < Infinity))
    throw invalid(where, "radius must be positive and finite", radius);
}
