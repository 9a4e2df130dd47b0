import { dot, normalise, orthogonalise } from "../linalg/orthogonalise.ts";
import type { Covariance } from "./covariance.ts";
import { identity } from "./identity.ts";

/** A direction with less than this left outside the others adds nothing that a double would keep. */
const DEPENDENT = 1e-8;

/**
 * Orthonormal rows that span every direction which two covariances single out; outside their span both are isotropic.
 * At most all `size` of them.
 */
export function commonBasis(p: Covariance, q: Covariance, size: number): Float64Array {
  if (p.kind === "diagonal" || q.kind === "diagonal") return identity(size);
  if (p.eigenvalues.length === size) return p.eigenvectors;
  if (q.eigenvalues.length === size) return q.eigenvectors;
  const basis: Float64Array[] = [];
  for (const { eigenvectors } of [p, q])
    for (let from = 0; from < eigenvectors.length && basis.length < size; from += size) {
      const rest = orthogonalise(eigenvectors.slice(from, from + size), basis);
      if (Math.sqrt(dot(rest, rest)) > DEPENDENT) basis.push(normalise(rest));
    }
  const out = new Float64Array(basis.length * size);
  for (const [i, vector] of basis.entries()) out.set(vector, i * size);
  return out;
}
