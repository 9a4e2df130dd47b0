/**
 * Φ(z), the standard normal distribution function, to about 1e-15 absolute.
 *
 * Marsaglia 2004, "Evaluating the normal distribution": the series of odd double factorials. It makes a uniform number
 * out of a normal one, so that one `Noise` feeds both the Gaussian part of a draw and the choice of a component.
 */
export function normalCdf(z: number): number {
  if (z < -8) return 0;
  if (z > 8) return 1;
  let sum = z;
  let term = z;
  for (let k = 3, before = 0; sum !== before; k += 2) {
    before = sum;
    term *= (z * z) / k;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-0.5 * z * z)) / Math.sqrt(2 * Math.PI);
}
