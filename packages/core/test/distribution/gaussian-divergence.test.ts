import fc from "fast-check";
import { expect, test } from "vitest";
import {
  covarianceMatrix,
  gaussian,
  gaussianFrechet,
  gaussianKl,
  gaussianW2,
  isotropic,
  type Moments,
  philoxNoise,
  spectralCovariance,
} from "../../src/index.ts";
import { normals, randomCovariance } from "./support.ts";

const line = (mean: number, deviation: number): Moments => ({
  size: 1,
  mean: Float64Array.of(mean),
  covariance: isotropic(deviation ** 2),
});

test("two normal laws on a line have their textbook distances", () => {
  const [p, q] = [line(1, 2), line(-2, 0.5)];
  expect(gaussianKl(p, q)).toBeCloseTo(Math.log(0.5 / 2) + (4 + 9) / (2 * 0.25) - 0.5, 13);
  expect(gaussianFrechet(p, q)).toBeCloseTo(9 + 1.5 ** 2, 14);
  expect(gaussianW2(p, q)).toBeCloseTo(Math.sqrt(11.25), 14);
});

test("two full covariances have the distances that numpy and scipy's sqrtm give", () => {
  const a = Float64Array.of(2, 0.5, 0.3, 0.5, 1, -0.2, 0.3, -0.2, 0.7);
  const b = Float64Array.of(1, -0.4, 0.1, -0.4, 1.5, 0.6, 0.1, 0.6, 1.2);
  const p = { size: 3, mean: Float64Array.of(1, -2, 0.5), covariance: spectralCovariance(a, 3) };
  const q = {
    size: 3,
    mean: Float64Array.of(0.2, 0.3, -0.4),
    covariance: spectralCovariance(b, 3),
  };
  expect(gaussianKl(p, q)).toBeCloseTo(4.483116054829793, 13);
  expect(gaussianFrechet(p, q)).toBeCloseTo(7.690127670383226, 13);
  expect(gaussianFrechet(q, p)).toBeCloseTo(7.690127670383226, 13);
});

test("KL is the mean of the difference of log densities", () => {
  const p: Moments = { size: 3, mean: normals(3, 81), covariance: randomCovariance(3, 82) };
  const q: Moments = { size: 3, mean: normals(3, 83), covariance: randomCovariance(3, 84) };
  const count = 50_000;
  const x = gaussian(p).sample(count, philoxNoise(85));
  const clean = { alpha: 1, sigma: 0 };
  const [own, other] = [gaussian(p).logDensity(x, clean), gaussian(q).logDensity(x, clean)];
  const gaps = own.map((value, n) => value - other[n]!);
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / count;
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / count;
  expect(Math.abs(gaussianKl(p, q) - mean)).toBeLessThan(4 * Math.sqrt(variance / count));
});

test.each([
  [1, 2],
  [3, 3],
  [0, 4],
])("low ranks %i and %i give what the dense matrices give", (k, l) => {
  const size = 6;
  const spike = (rank: number, residual: number, seed: number): Moments => {
    const { eigenvalues, eigenvectors } = randomCovariance(size, seed);
    const kept = { eigenvalues: eigenvalues.slice(0, rank).map((v) => v + residual), residual };
    const covariance = {
      kind: "spectral",
      eigenvectors: eigenvectors.slice(0, rank * size),
      ...kept,
    } as const;
    return { size, mean: normals(size, seed + 1), covariance };
  };
  const dense = (moments: Moments): Moments => ({
    ...moments,
    covariance: spectralCovariance(covarianceMatrix(moments.covariance, size), size),
  });
  const [p, q] = [spike(k, 0.3, 91), spike(l, 0.7, 95)];
  expect(gaussianKl(p, q)).toBeCloseTo(gaussianKl(dense(p), dense(q)), 11);
  expect(gaussianFrechet(p, q)).toBeCloseTo(gaussianFrechet(dense(p), dense(q)), 11);
  expect(gaussianFrechet(p, dense(q))).toBeCloseTo(gaussianFrechet(p, q), 11);
});

test("diagonal covariances need no rotation, alone or against a full one", () => {
  const variances = (...list: number[]) =>
    ({ kind: "diagonal", variances: Float64Array.from(list) }) as const;
  const mean = new Float64Array(2);
  const [p, q] = [variances(4, 9), variances(1, 16)].map((covariance) => ({
    size: 2,
    mean,
    covariance,
  }));
  expect(gaussianFrechet(p!, q!)).toBe(1 + 1);
  expect(gaussianKl(p!, q!)).toBeCloseTo(0.5 * (4 + 9 / 16 - 2 + Math.log(16 / 36)), 14);
  const full = { ...q!, covariance: spectralCovariance(covarianceMatrix(q!.covariance, 2), 2) };
  expect(gaussianFrechet(p!, full)).toBeCloseTo(2, 13);
  expect(gaussianKl(p!, full)).toBeCloseTo(gaussianKl(p!, q!), 13);
});

test("KL is zero for equal laws and positive otherwise; W2 is symmetric and obeys the triangle", () => {
  const law = fc
    .tuple(
      fc.double({ min: -5, max: 5, noNaN: true }),
      fc.double({ min: 0.1, max: 5, noNaN: true }),
    )
    .map(([mean, deviation]) => line(mean, deviation));
  fc.assert(
    fc.property(law, law, law, (p, q, r) => {
      expect(gaussianKl(p, p)).toBeCloseTo(0, 13);
      expect(gaussianKl(p, q)).toBeGreaterThanOrEqual(-1e-13);
      expect(gaussianW2(p, q)).toBeCloseTo(gaussianW2(q, p), 7);
      expect(gaussianW2(p, r)).toBeLessThanOrEqual(gaussianW2(p, q) + gaussianW2(q, r) + 1e-7);
    }),
  );
});

test("a singular law is infinitely far in KL, and no reference for it", () => {
  const [point, wide] = [line(0, 0), line(0, 1)];
  expect(gaussianKl(point, wide)).toBe(Infinity);
  expect(() => gaussianKl(wide, point)).toThrow(
    "gaussianKl: the second covariance must be positive",
  );
  expect(gaussianW2(point, wide)).toBe(1);
  const plane = { size: 2, mean: new Float64Array(2), covariance: isotropic(1) };
  expect(() => gaussianW2(plane, wide)).toThrow("both Gaussians must have 2 dimensions, got 1");
});
