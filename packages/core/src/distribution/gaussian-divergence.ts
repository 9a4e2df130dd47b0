import { invalid } from "../invalid.ts";
import { multiply } from "../linalg/multiply.ts";
import { nuclearNorm } from "../linalg/nuclear-norm.ts";
import type { Moments } from "../moments.ts";
import { commonBasis } from "./common-basis.ts";
import { applyFunction, checkMoments, smallestVariance, sumOverSpectrum } from "./covariance.ts";

/**
 * KL(N_p ‖ N_q) = ½ [tr(C_q⁻¹ C_p) − d + ln det C_q − ln det C_p + Δᵀ C_q⁻¹ Δ], nats. Infinite when C_p is singular;
 * an error when C_q is.
 */
export function gaussianKl(p: Moments, q: Moments): number {
  check("gaussianKl", p, q);
  const { size } = p;
  if (smallestVariance(q.covariance, size) <= 0)
    throw invalid(
      "gaussianKl",
      "the second covariance must be positive definite",
      "a variance of 0",
    );
  const logDet = (m: Moments) => sumOverSpectrum(m.covariance, size, Math.log);
  const shift = p.mean.map((value, i) => value - q.mean[i]!);
  const solved = applyFunction(q.covariance, size, shift, (variance) => 1 / variance);
  const distance = shift.reduce((sum, value, i) => sum + value * solved[i]!, 0);
  return 0.5 * (traceRatio(p, q) - size + logDet(q) - logDet(p) + distance);
}

/** The Wasserstein-2 distance between two Gaussians, in units of the data. */
export function gaussianW2(p: Moments, q: Moments): number {
  return Math.sqrt(gaussianFrechet(p, q));
}

/**
 * The Fréchet distance |μ_p − μ_q|² + tr C_p + tr C_q − 2 tr (C_p^{1/2} C_q C_p^{1/2})^{1/2}, which is W₂² (Dowson and
 * Landau 1982). The last trace is the nuclear norm of C_p^{1/2} C_q^{1/2}: no matrix square root, no loss of digits.
 */
export function gaussianFrechet(p: Moments, q: Moments): number {
  check("gaussianFrechet", p, q);
  const { size } = p;
  const shift = p.mean.reduce((sum, value, i) => sum + (value - q.mean[i]!) ** 2, 0);
  const trace = (m: Moments) => sumOverSpectrum(m.covariance, size, (variance) => variance);
  return Math.max(0, shift + trace(p) + trace(q) - 2 * overlap(p, q));
}

/** tr (C_p^{1/2} C_q C_p^{1/2})^{1/2} */
function overlap(p: Moments, q: Moments): number {
  const { size } = p;
  const both = variances(p, q);
  if (both) return both[0].reduce((sum, v, i) => sum + Math.sqrt(v * both[1][i]!), 0);
  const basis = commonBasis(p.covariance, q.covariance, size);
  const rank = basis.length / size;
  const left = applyFunction(p.covariance, size, basis, Math.sqrt);
  const right = applyFunction(q.covariance, size, basis, Math.sqrt);
  const inside = multiply(left, right, {
    rows: rank,
    inner: size,
    columns: rank,
    transposeB: true,
  });
  const outside = (size - rank) * Math.sqrt(residual(p) * residual(q));
  return nuclearNorm(inside, rank, rank) + outside;
}

/** tr (C_q⁻¹ C_p) */
function traceRatio(p: Moments, q: Moments): number {
  const { size } = p;
  const both = variances(p, q);
  if (both) return both[0].reduce((sum, v, i) => sum + v / both[1][i]!, 0);
  const basis = commonBasis(p.covariance, q.covariance, size);
  const rank = basis.length / size;
  const left = applyFunction(p.covariance, size, basis, (variance) => variance);
  const right = applyFunction(q.covariance, size, basis, (variance) => 1 / variance);
  const inside = left.reduce((sum, value, i) => sum + value * right[i]!, 0);
  return inside + (rank < size ? ((size - rank) * residual(p)) / residual(q) : 0);
}

/** The variances of two diagonal covariances: nothing to rotate. */
function variances(
  { covariance: p }: Moments,
  { covariance: q }: Moments,
): [Float64Array, Float64Array] | undefined {
  return p.kind === "diagonal" && q.kind === "diagonal" ? [p.variances, q.variances] : undefined;
}

const residual = ({ covariance }: Moments): number =>
  covariance.kind === "spectral" ? covariance.residual : 0;

function check(where: string, p: Moments, q: Moments): void {
  checkMoments(where, p);
  checkMoments(where, q);
  if (p.size !== q.size)
    throw invalid(where, `both Gaussians must have ${p.size} dimensions`, q.size);
}
