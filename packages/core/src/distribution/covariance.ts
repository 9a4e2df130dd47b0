import { invalid } from "../invalid.ts";
import { multiply } from "../linalg/multiply.ts";
import { symmetricEigen } from "../linalg/symmetric-eigen.ts";
import type { DiagonalCovariance, Moments, SpectralCovariance } from "../moments.ts";
import { simdMultiply } from "../simd/simd-multiply.ts";
import { identity } from "./identity.ts";

export type Covariance = SpectralCovariance | DiagonalCovariance;

/** Eigenvalues this far below zero, relative to the largest, are round-off of a singular covariance. */
const ROUND_OFF = 1e-10;

/** Elements of the eigenvectors from which `simdMultiply` uses its kernel for any number of rows. */
const SIMD_FROM = 2 ** 16;

/** The covariance `variance · I`, in any dimension: no listed direction, everything in the residual. */
export function isotropic(variance: number): SpectralCovariance {
  if (!(variance >= 0 && variance < Infinity))
    throw invalid("isotropic", "variance must be finite and not negative", variance);
  const none = new Float64Array(0);
  return { kind: "spectral", eigenvalues: none, eigenvectors: none, residual: variance };
}

/** The spectrum of a dense covariance matrix, size × size; negative round-off becomes 0. */
export function spectralCovariance(matrix: Float64Array, size: number): SpectralCovariance {
  const { values, vectors } = symmetricEigen(matrix, size);
  const covariance = { kind: "spectral", eigenvalues: values, eigenvectors: vectors, residual: 0 };
  checkCovariance("spectralCovariance", covariance as SpectralCovariance, size);
  return { ...(covariance as SpectralCovariance), eigenvalues: values.map((v) => Math.max(v, 0)) };
}

/** The dense matrix of a covariance, size × size. */
export function covarianceMatrix(covariance: Covariance, size: number): Float64Array {
  return applyFunction(covariance, size, identity(size), (variance) => variance);
}

/**
 * f(C) times each row of `x` (count × size): inverses, square roots and everything else that a Gaussian needs, from one
 * decomposition.
 */
export function applyFunction(
  covariance: Covariance,
  size: number,
  x: Float64Array,
  f: (variance: number) => number,
): Float64Array {
  if (covariance.kind === "diagonal") {
    const factors = covariance.variances.map(f);
    return x.map((value, i) => value * factors[i % size]!);
  }
  const { eigenvalues, eigenvectors, residual } = covariance;
  const rows = x.length / size;
  const rank = eigenvalues.length;
  // Directions left out get f(residual); the listed ones only what they differ by.
  const base = rank < size ? f(residual) : 0;
  if (rank === 0) return x.map((value) => base * value);
  // Chosen by the covariance alone: a sample must not change with the size of its batch.
  const product = size * rank < SIMD_FROM ? multiply : simdMultiply;
  const listed = product(x, eigenvectors, { rows, inner: size, columns: rank, transposeB: true });
  const factors = eigenvalues.map((value) => f(Math.max(value, 0)) - base);
  for (let i = 0; i < listed.length; i++) listed[i]! *= factors[i % rank]!;
  const out = product(listed, eigenvectors, { rows, inner: rank, columns: size });
  if (base !== 0) for (let i = 0; i < out.length; i++) out[i]! += base * x[i]!;
  return out;
}

/** Σ f(variance) over all `size` principal directions: trace (f = v), log determinant (f = ln v), …. */
export function sumOverSpectrum(
  covariance: Covariance,
  size: number,
  f: (variance: number) => number,
): number {
  if (covariance.kind === "diagonal") return covariance.variances.reduce((sum, v) => sum + f(v), 0);
  const { eigenvalues, residual } = covariance;
  const left = size - eigenvalues.length;
  const rest = left > 0 ? left * f(residual) : 0;
  return eigenvalues.reduce((sum, value) => sum + f(Math.max(value, 0)), rest);
}

/** The smallest variance of any direction. */
export function smallestVariance(covariance: Covariance, size: number): number {
  let smallest = Infinity;
  sumOverSpectrum(covariance, size, (variance) => {
    if (variance < smallest) smallest = variance;
    return 0;
  });
  return smallest;
}

/** Throws unless mean and covariance fit `size` and the covariance is positive semi-definite. */
export function checkMoments(where: string, { size, mean, covariance }: Moments): void {
  if (!Number.isInteger(size) || size < 1)
    throw invalid(where, "size must be a positive integer", size);
  if (mean.length !== size) throw invalid(where, `mean must have ${size} values`, mean.length);
  if (!mean.every(Number.isFinite)) throw invalid(where, "mean must be finite", mean);
  checkCovariance(where, covariance, size);
}

function checkCovariance(where: string, covariance: Covariance, size: number): void {
  const variances = covariance.kind === "diagonal" ? covariance.variances : covariance.eigenvalues;
  const largest = variances.reduce((most, value) => Math.max(most, value), 0);
  const wrong = variances.find((v) => !(v >= -ROUND_OFF * largest && v < Infinity));
  if (wrong !== undefined)
    throw invalid(where, "covariance must be finite and positive semi-definite", wrong);
  if (covariance.kind === "diagonal") {
    if (variances.length !== size)
      throw invalid(where, `covariance must have ${size} variances`, variances.length);
    return;
  }
  const { eigenvalues, eigenvectors, residual } = covariance;
  if (eigenvalues.length > size)
    throw invalid(where, `covariance must have at most ${size} eigenvalues`, eigenvalues.length);
  if (eigenvectors.length !== eigenvalues.length * size)
    throw invalid(
      where,
      `covariance must have ${eigenvalues.length} eigenvectors of ${size} values`,
      eigenvectors.length,
    );
  if (!(residual >= 0 && residual < Infinity))
    throw invalid(where, "covariance.residual must be finite and not negative", residual);
}
