import { expect, test } from "vitest";
import { logGamma, logSphereAverage, vonMisesFisherMean } from "../../src/distribution/bessel.ts";

/** Relative difference, for values of any magnitude. */
const relative = (value: number, expected: number): number =>
  Math.abs(value - expected) / Math.abs(expected);

test("the log of the gamma function has scipy's values", () => {
  expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 14);
  expect(logGamma(1.5)).toBeCloseTo(-0.12078223763524526, 14);
  expect(logGamma(7.25)).toBeCloseTo(7.0521854507385395, 14);
  expect(relative(logGamma(392), 1946.6681613961587)).toBeLessThan(1e-15);
  expect(relative(logGamma(1536), 9730.785623784723)).toBeLessThan(1e-15);
});

// scipy.special.ive and gammaln
test.each([
  [2, 0.3, 0.14833742694087532, -0.2776253113779582],
  [2, 700, 0.999285458818426, -4.194300001556551],
  [10, 40, 0.892536415157809, -11.767479450784359],
  [784, 300, 0.33881503719902933, -246.1480671896475],
  [784, 2000, 0.8231901140511202, -797.092752016436],
  [3072, 1e5, 0.9847628054764495, -6896.030395391575],
  [5, 1e7, 0.9999998000000101, -31.83072629380848],
])(
  "averages over the sphere in %d dimensions at kappa %d have scipy's values",
  (d, kappa, mean, log) => {
    expect(relative(vonMisesFisherMean(d, kappa), mean)).toBeLessThan(1e-13);
    expect(relative(logSphereAverage(d, kappa), log)).toBeLessThan(1e-12);
  },
);

test.each([1e-8, 0.1, 1, 20, 499, 501, 1e6, 1e12])(
  "in one and three dimensions they are elementary, kappa %d",
  (kappa) => {
    const decay = Math.exp(-2 * kappa);
    expect(relative(vonMisesFisherMean(1, kappa), Math.tanh(kappa))).toBeLessThan(1e-14);
    expect(logSphereAverage(1, kappa)).toBeCloseTo(Math.log1p(decay) - Math.LN2, 11);
    if (kappa < 0.1) return; // coth κ − 1/κ cancels
    const langevin = (1 + decay) / (1 - decay) - 1 / kappa;
    expect(relative(vonMisesFisherMean(3, kappa), langevin)).toBeLessThan(1e-13);
    const average = Math.log1p(-decay) - Math.log(2 * kappa);
    expect(logSphereAverage(3, kappa)).toBeCloseTo(average, 11);
  },
);

test("without a field there is no direction", () => {
  expect(vonMisesFisherMean(10, 0)).toBe(0);
  expect(logSphereAverage(10, 0)).toBe(0);
});
