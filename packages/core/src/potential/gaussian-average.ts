/**
 * ∫ f(v) exp(−(v−h)²/(2κ)) dv / √(2πκ), for an f that falls as exp(−|v|) and is analytic in |Im v| < π/2: averages over
 * the log odds of two Gaussian classes.
 *
 * The trapezoidal rule on the whole line converges exponentially in 1/step: these steps leave 1e-16.
 */
export function gaussianAverage(f: (v: number) => number, kappa: number, field: number): number {
  const spread = Math.sqrt(kappa);
  const step = Math.min(0.2, 0.6 * spread);
  const half = Math.ceil(Math.min(9.5 * spread, 45 + Math.abs(field)) / step);
  let sum = 0;
  for (let n = -half; n <= half; n++) {
    const u = n * step;
    sum += f(field + u) * Math.exp((-0.5 * u * u) / kappa);
  }
  return (sum * step) / Math.sqrt(2 * Math.PI * kappa);
}
