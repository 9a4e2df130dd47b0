/**
 * The quantile of the symmetric beta distribution Beta(a, a), absolute error below 1e-15: the spacing of "beta sigmas".
 *
 * By symmetry half of the mass lies below 1/2, which normalises without a gamma function.
 */
export function betaQuantile(probability: number, a: number): number {
  if (probability > 0.5) return 1 - betaQuantile(1 - probability, a);
  if (probability <= 0) return 0;
  const mass = 2 * probability * lowerMass(0.5, a);
  let [low, high] = [0, 0.5];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (lowerMass(middle, a) < mass) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** ∫₀ˣ t^{a−1} (1 − t)^{a−1} dt for x ≤ 1/2, by its power series. */
function lowerMass(x: number, a: number): number {
  let term = 1;
  let sum = 1 / a;
  for (let k = 1; k < 64; k++) {
    term *= ((k - a) * x) / k;
    sum += term / (a + k);
  }
  return x ** a * sum;
}
