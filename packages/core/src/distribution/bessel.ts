/** ln Γ(x) for x > 0, to about 1e-15 relative: Stirling's series, shifted up to x ≥ 10. */
export function logGamma(x: number): number {
  let shift = 0;
  while (x < 10) {
    shift -= Math.log(x);
    x += 1;
  }
  const i = 1 / (x * x);
  const series =
    (1 / 12 -
      i * (1 / 360 - i * (1 / 1260 - i * (1 / 1680 - i * (1 / 1188 - (i * 691) / 360360))))) /
    x;
  return shift + (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
}

/**
 * A_D(κ) = I_{D/2}(κ) / I_{D/2−1}(κ): the mean length of a unit vector in D dimensions drawn with density ∝ exp(κ u·e).
 *
 * The recurrence A_ν = 1/(2(ν+1)/κ + A_{ν+1}) run downwards contracts any error by A² a step; it starts so far up that
 * nothing is left, from Amos' bound (1974), whose own error falls as ν/κ².
 */
export function vonMisesFisherMean(dimension: number, kappa: number): number {
  if (kappa === 0) return 0;
  const order = dimension / 2 - 1;
  const steps = 20 + Math.ceil(6 * Math.sqrt(Math.min(kappa, 1e8)));
  const top = order + steps;
  let ratio = kappa / (top + 0.5 + Math.hypot(top + 1.5, kappa));
  for (let nu = top - 1; nu > order - 0.5; nu--) ratio = 1 / ((2 * (nu + 1)) / kappa + ratio);
  return ratio;
}

/**
 * ln of the mean of exp(κ (u·e − 1)) over the unit sphere in D dimensions: 0 at κ = 0, falling with slope A_D(κ) − 1.
 */
export function logSphereAverage(dimension: number, kappa: number): number {
  return kappa < 500
    ? seriesAverage(dimension, kappa) - kappa
    : uniformAverage(dimension / 2 - 1, kappa);
}

/** Σ (κ²/4)^k / (k! (D/2)_k): all terms positive. */
function seriesAverage(dimension: number, kappa: number): number {
  const step = (kappa * kappa) / 4;
  let term = 1;
  let sum = 1;
  let log = 0;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= step / (k * (dimension / 2 + k - 1));
    sum += term;
    if (sum > 1e200) {
      log += Math.log(sum);
      term /= sum;
      sum = 1;
    }
  }
  return log + Math.log(sum);
}

/** Debye's expansion of I_ν, uniform in ν/κ (DLMF 10.41.3), in powers of 1/size with size² = ν² + κ²; error 1e-12. */
function uniformAverage(order: number, kappa: number): number {
  const size = Math.hypot(order, kappa);
  const q = (order / size) ** 2;
  const u1 = (3 - 5 * q) / 24;
  const u2 = (81 - 462 * q + 385 * q * q) / 1152;
  const u3 = (30375 - 369603 * q + 765765 * q * q - 425425 * q ** 3) / 414720;
  const corrections = Math.log1p((u1 + (u2 + u3 / size) / size) / size);
  const exponent =
    order ** 2 / (size + kappa) +
    order * Math.log(2 / (order + size)) -
    0.5 * Math.log(2 * Math.PI * size);
  return logGamma(order + 1) + exponent + corrections;
}
