import type { Moments } from "@symbreak/core";

/** Eigenpairs that a choice of start looks at; the rest share one variance. */
const RANK = 128;

/** The moments with their smaller eigenvalues replaced by one: the same trace, a fraction of the work. */
export function truncatedMoments(moments: Moments): Moments {
  const { size, covariance } = moments;
  if (covariance.kind !== "spectral" || covariance.eigenvalues.length <= RANK) return moments;
  const { eigenvalues, eigenvectors, residual } = covariance;
  const unlisted = residual * (size - eigenvalues.length);
  const rest = eigenvalues.slice(RANK).reduce((sum, value) => sum + value, unlisted);
  return {
    ...moments,
    covariance: {
      kind: "spectral",
      eigenvalues: eigenvalues.slice(0, RANK),
      eigenvectors: eigenvectors.subarray(0, RANK * size),
      residual: rest / (size - RANK),
    },
  };
}
