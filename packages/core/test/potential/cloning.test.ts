import fc from "fast-check";
import { expect, test } from "vitest";
import {
  classEntropy,
  classSignal,
  cloningProbability,
  gaussianMixture,
  mixtureCloning,
  philoxNoise,
} from "../../src/index.ts";
import { ouLevel, vpLevel } from "../variance-preserving.ts";

test.each([
  [0.25, 0.6020271],
  [0.5, 0.6750567],
  [0.75, 0.7309624],
  [1, 0.7752002454],
  [1.25, 0.8109208],
  [1.5, 0.8401634],
  [2, 0.8844909],
  [3, 0.937841],
])("phi at kappa = %d", (kappa, phi) => {
  expect(cloningProbability(kappa)).toBeCloseTo(phi, kappa === 1 ? 10 : 7);
});

test.each([
  [256, 2, 0.977],
  [256, 2.5, 0.8621],
  [256, 3, 0.7069],
  [256, 3.5, 0.5964],
  [1024, 3, 0.9176],
  [1024, 3.5, 0.7644],
  [1024, 4, 0.6319],
  [4096, 4, 0.8261],
  [4096, 4.5, 0.6764],
  [16384, 4.5, 0.8861],
  [16384, 5, 0.7297],
])("phi of the authors' mixture in %d dimensions at OU time %d", (size, time, phi) => {
  const kappa = classSignal(Math.sqrt(size), 1, ouLevel(time));
  expect(cloningProbability(kappa)).toBeCloseTo(phi, 4);
});

/** ∫ by Simpson's rule of the definitions: G± with weights, posterior p±, density G₊ + G₋. */
function simpson(kappa: number, weight: number, f: (p: number) => number): number {
  const [centre, half, n] = [Math.sqrt(kappa), 12 + Math.sqrt(kappa), 40_000];
  let sum = 0;
  for (let i = 0; i <= n; i++) {
    const y = -half + (2 * half * i) / n;
    const plus = weight * Math.exp(-0.5 * (y - centre) ** 2);
    const minus = (1 - weight) * Math.exp(-0.5 * (y + centre) ** 2);
    const factor = i === 0 || i === n ? 1 : i % 2 === 0 ? 2 : 4;
    sum += factor * (plus + minus) * f(plus / (plus + minus));
  }
  return (sum * 2 * half) / (3 * n) / Math.sqrt(2 * Math.PI);
}

test.each([
  [0.01, 0.5],
  [1, 0.5],
  [1, 0.9],
  [7, 0.3],
  [30, 0.5],
])("phi and the class entropy are their definitions at kappa %d, weight %d", (kappa, weight) => {
  const phi = simpson(kappa, weight, (p) => p * p + (1 - p) ** 2);
  expect(cloningProbability(kappa, weight)).toBeCloseTo(phi, 11);
  const plogp = (p: number) => (p > 0 ? p * Math.log(p) : 0);
  const entropy = simpson(kappa, weight, (p) => -plogp(p) - plogp(1 - p));
  expect(classEntropy(kappa, weight)).toBeCloseTo(entropy, 11);
});

test("phi grows from Σ w² to 1 and the entropy falls from H(w) to 0, without a seam", () => {
  const kappas = fc.double({ min: 1e-12, max: 1e4, noNaN: true });
  const weights = fc.double({ min: 1e-3, max: 0.999, noNaN: true });
  fc.assert(
    fc.property(kappas, weights, (kappa, w) => {
      const phi = cloningProbability(kappa, w);
      expect(phi).toBeGreaterThanOrEqual(w * w + (1 - w) ** 2 - 1e-14);
      expect(phi).toBeLessThanOrEqual(1);
      expect(phi).toBeLessThanOrEqual(cloningProbability(kappa * 1.1, w) + 1e-14);
      expect(classEntropy(kappa, w)).toBeGreaterThanOrEqual(classEntropy(kappa * 1.1, w) - 1e-14);
      expect(classEntropy(kappa, w)).toBeLessThanOrEqual(classEntropy(0, w) + 1e-14);
      expect(cloningProbability(kappa, 1 - w)).toBeCloseTo(phi, 13);
    }),
  );
  expect(cloningProbability(0, 0.2)).toBeCloseTo(0.68, 15);
  expect(cloningProbability(1e-12, 0.2)).toBeCloseTo(0.68, 11);
  expect(cloningProbability(Infinity)).toBe(1);
  expect(classEntropy(Infinity)).toBe(0);
});

test("a small 1 − phi has its digits: e^(−κ/2)/√(2πκ) · π/2 for large kappa", () => {
  const kappa = 60;
  const rest = Math.exp(-kappa / 2) / Math.sqrt(2 * Math.PI * kappa);
  // ∫ sech(v) exp(−v²/2κ) over half the line: π/2 − π³/16κ + …
  const leading = rest * (Math.PI / 2 - Math.PI ** 3 / (16 * kappa));
  expect((1 - cloningProbability(kappa)) / leading).toBeCloseTo(1, 2);
});

test("the Monte Carlo estimate of a mixture's phi meets the quadrature within its error", () => {
  for (const weight of [0.5, 0.8]) {
    const mixture = gaussianMixture({
      weights: [weight, 1 - weight],
      means: [
        [1.2, 0],
        [-1.2, 0],
      ],
      covariances: [0.25, 0.25],
    });
    const level = vpLevel(0.4);
    const exact = cloningProbability(classSignal(1.2, 0.5, level), weight);
    const { mean, standardError, count } = mixtureCloning(mixture, level, {
      count: 40_000,
      noise: philoxNoise(1),
    });
    expect(count).toBe(40_000);
    expect(standardError).toBeLessThan(1.5e-3);
    expect(Math.abs(mean - exact)).toBeLessThan(4 * standardError);
  }
});

test("grouping components into classes makes their exchange no change of class", () => {
  const mixture = gaussianMixture({
    weights: [1, 1, 2],
    means: [[1.2], [1.2], [-1.2]],
    covariances: [0.25, 0.25, 0.25],
  });
  const options = { count: 2000, noise: philoxNoise(1) };
  const level = vpLevel(0.4);
  const apart = mixtureCloning(mixture, level, options);
  const together = mixtureCloning(mixture, level, { ...options, classes: [0, 0, 1] });
  const exact = cloningProbability(classSignal(1.2, 0.5, level));
  expect(Math.abs(together.mean - exact)).toBeLessThan(4 * together.standardError);
  expect(apart.mean).toBeLessThan(together.mean);
});

test("wrong arguments are named", () => {
  expect(() => cloningProbability(-1)).toThrow(
    "cloningProbability: kappa must not be negative, got -1",
  );
  expect(() => classEntropy(1, 0)).toThrow("classEntropy: weight must lie in (0, 1), got 0");
  const mixture = gaussianMixture({ weights: [1], means: [[0]], covariances: [1] });
  expect(() => mixtureCloning(mixture, vpLevel(0.5), { count: 1, noise: philoxNoise(1) })).toThrow(
    "mixtureCloning: count must be an integer of at least 2, got 1",
  );
});
