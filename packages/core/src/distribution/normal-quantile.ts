import { invalid } from "../invalid.ts";
import { normalCdf } from "./normal-cdf.ts";

/**
 * Φ⁻¹(u), the number that a standard normal one stays below with probability u in (0, 1): what makes a normal number out
 * of a uniform one and keeps strata.
 *
 * Newton's method from 0, where it cannot overshoot: Φ is concave above. Φ's own error, 1e-15 absolute, makes that of the
 * result 1e-15/φ(z): below 1e-12 for |z| < 3.7, below 1e-7 for |z| < 6.
 */
export function normalQuantile(u: number): number {
  if (!(u > 0 && u < 1)) throw invalid("normalQuantile", "u must lie in (0, 1)", u);
  if (u < 0.5) return -upper(1 - u);
  return upper(u);
}

/** For u ≥ ½. */
function upper(u: number): number {
  let z = 0;
  for (let k = 0; k < 100; k++) {
    const step = (u - normalCdf(z)) * Math.sqrt(2 * Math.PI) * Math.exp(0.5 * z * z);
    if (!(step > 1e-15 * Math.max(1, z)) || z + step > 8) break;
    z += step;
  }
  return z;
}
