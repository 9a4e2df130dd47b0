import { invalid } from "../invalid.ts";
import { type FixedPoint, meanFieldRoots } from "./mean-field.ts";

/** Two classes at ±m in a large dimension: |m|² = size · meanSquare. */
export interface CurieWeiss {
  /** Dimension d. */
  readonly size: number;
  /** μ̃², the squared mean a dimension; 1 unless given. */
  readonly meanSquare?: number;
}

/**
 * V(q, t) = q²/2 − 2 μ̃² ln cosh(q e^{−t} √d): what drives the order parameter q = m·x/√d in the backward process,
 * −dq = −V' dt + noise (Biroli et al. 2024, section 3). t is OU time.
 */
export function curieWeissPotential(model: CurieWeiss, q: number, ouTime: number): number {
  const { size, meanSquare } = checked("curieWeissPotential", model);
  const y = Math.abs(q) * Math.exp(-ouTime) * Math.sqrt(size);
  const logCosh = y + Math.log1p(Math.exp(-2 * y)) - Math.LN2;
  return 0.5 * q * q - 2 * meanSquare * logCosh;
}

/** V''(0) = 1 − 2 d μ̃² e^{−2t}. */
export function curieWeissCurvature(model: CurieWeiss, ouTime: number): number {
  const { size, meanSquare } = checked("curieWeissCurvature", model);
  return 1 - 2 * size * meanSquare * Math.exp(-2 * ouTime);
}

/** The wells of V and the barrier between them, in ascending q. */
export function curieWeissFixedPoints(model: CurieWeiss, ouTime: number): FixedPoint[] {
  const { size, meanSquare } = checked("curieWeissFixedPoints", model);
  const steepness = Math.exp(-ouTime) * Math.sqrt(size);
  const roots = meanFieldRoots(1 / (2 * meanSquare * steepness ** 2), 0);
  return roots.map(({ x, stable }) => ({ x: x / steepness, stable }));
}

/** t* = ½ ln(2 d μ̃²), where V splits; t_S = ½ ln(d μ̃²), which the authors quote by convention. OU times. */
export function curieWeissTimes(model: CurieWeiss): { critical: number; speciation: number } {
  const { size, meanSquare } = checked("curieWeissTimes", model);
  const speciation = 0.5 * Math.log(size * meanSquare);
  return { critical: speciation + 0.5 * Math.LN2, speciation };
}

function checked(where: string, { size, meanSquare = 1 }: CurieWeiss): Required<CurieWeiss> {
  if (!Number.isInteger(size) || size < 1)
    throw invalid(where, "size must be a positive integer", size);
  if (!(meanSquare > 0 && meanSquare < Infinity))
    throw invalid(where, "meanSquare must be positive and finite", meanSquare);
  return { size, meanSquare };
}
