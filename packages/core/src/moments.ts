import type { Units } from "./data/units.ts";

/**
 * A covariance by its spectrum: `C = Vᵀ diag(eigenvalues) V + residual · (I − VᵀV)`.
 *
 * With k = d rows it is exact; with fewer, the directions left out share one variance (low rank + isotropic).
 */
export interface SpectralCovariance {
  readonly kind: "spectral";
  /** Descending, k of them, in squared units of the data. */
  readonly eigenvalues: Float64Array;
  /** k × d, one orthonormal eigenvector a row. */
  readonly eigenvectors: Float64Array;
  /** Variance of each direction not listed; 0 when all d are. */
  readonly residual: number;
}

/** A diagonal covariance: one variance a coordinate. */
export interface DiagonalCovariance {
  readonly kind: "diagonal";
  readonly variances: Float64Array;
}

/** The mean and covariance of clean data: all that a Gaussian late start needs. */
export interface Moments {
  /** Dimension d of one sample. */
  readonly size: number;
  readonly mean: Float64Array;
  readonly covariance: SpectralCovariance | DiagonalCovariance;
  /** The units of the mean and covariance, where they are known: a network of others refuses them (`checkUnits`). */
  readonly units?: Units | undefined;
  /** How many samples they come from, where that is known. */
  readonly count?: number | undefined;
}
