import { type GaussianMixture, gaussianMixture, type Level } from "@symbreak/core";

const WEIGHTS = [0.5, 0.3, 0.2];
const MEANS = [-1, 0.3, 1.1];
const SPREAD = 0.1;

/** The 1-D mixture of the samplers' README. */
export const mixture: GaussianMixture = gaussianMixture({
  weights: WEIGHTS,
  means: MEANS.map((mean) => [mean]),
  covariances: MEANS.map(() => SPREAD ** 2),
});

/** Its quantiles at a level, at the middles of `count` equal shares. */
export function quantiles(count: number, { alpha, sigma }: Level): Float64Array {
  const deviation = Math.hypot(alpha * SPREAD, sigma);
  const cdf = (x: number) =>
    MEANS.reduce(
      (sum, mean, k) => sum + WEIGHTS[k]! * normalCdf((x - alpha * mean) / deviation),
      0,
    );
  let x = -12;
  return Float64Array.from({ length: count }, (_, i) => {
    let [low, high] = [x, 12];
    for (let k = 0; k < 50; k++) {
      const middle = (low + high) / 2;
      if (cdf(middle) < (i + 0.5) / count) low = middle;
      else high = middle;
    }
    x = low;
    return (low + high) / 2;
  });
}

/** Φ(z) to 1e-15 by its series and its continued fraction. */
function normalCdf(z: number): number {
  if (z > 0) return 1 - normalCdf(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < -4) {
    let tail = 0;
    for (let k = 60; k > 0; k--) tail = k / (-z + tail);
    return density / (-z + tail);
  }
  let [sum, term] = [z, z];
  for (let k = 1; k < 80; k++) {
    term *= (z * z) / (2 * k + 1);
    sum += term;
  }
  return 0.5 + density * sum;
}

/** E Var(x0 | x_s) at s = sigma/alpha, by the trapezoidal rule over each component. */
export function exactLoss(s: number): number {
  const level = { alpha: 1, sigma: s };
  const nodes = 800;
  const z = Float64Array.from({ length: nodes + 1 }, (_, i) => -8 + (16 * i) / nodes);
  return MEANS.reduce((sum, mean, k) => {
    const variances = mixture.posteriorCovariance(
      z.map((value) => mean + Math.hypot(SPREAD, s) * value),
      level,
    );
    const average = variances.reduce((total, v, i) => total + v * Math.exp(-0.5 * z[i]! ** 2), 0);
    return sum + (WEIGHTS[k]! * average * (16 / nodes)) / Math.sqrt(2 * Math.PI);
  }, 0);
}
