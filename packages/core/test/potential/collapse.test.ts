import fc from "fast-check";
import { expect, test } from "vitest";
import {
  collapseOuTime,
  isotropic,
  type SpectralCovariance,
  spectralCollapseOuTime,
  sumOverSpectrum,
} from "../../src/index.ts";

test.each([
  [256, 1.29878969, 1.33373281],
  [1024, 1.97754672, 2.0134894],
  [4096, 2.66707444, 2.70326998],
])("20000 points in %d dimensions, as one class and as two", (size, one, two) => {
  expect(collapseOuTime({ count: 20_000, size })).toBeCloseTo(one, 8);
  expect(collapseOuTime({ count: 20_000, size, classes: 2 })).toBeCloseTo(two, 8);
});

test.each([
  [1000, 64, 1, 0.81954199],
  [1000, 16, 1, 0.27382823],
  [100, 8, 1, 0.1900652],
  [1e4, 100, 0.5, 0.40234556],
  [2000, 768, 1, 1.966],
  [2000, 3072, 1, 2.656],
  [200, 12288, 1, 3.528],
])("%d points in %d dimensions of deviation %d", (count, size, deviation, time) => {
  const digits = size > 500 ? 3 : 8;
  expect(collapseOuTime({ count, size }, deviation ** 2)).toBeCloseTo(time, digits);
});

test("an isotropic spectrum has the closed form", () => {
  const sizes = fc.record({
    count: fc.integer({ min: 4, max: 1e7 }),
    size: fc.integer({ min: 1, max: 20_000 }),
    classes: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(sizes, fc.double({ min: 1e-4, max: 1e4, noNaN: true }), (data, variance) => {
      const closed = collapseOuTime(data, variance);
      const solved = spectralCollapseOuTime(data, isotropic(variance));
      expect(solved).toBeCloseTo(closed, 11);
      if (closed > 1e-6) expect(solved / closed).toBeCloseTo(1, 8);
    }),
  );
});

test("a flat spectrum of lower rank is an isotropic one of that dimension", () => {
  const variances = Float64Array.from({ length: 300 }, (_, i) => (i < 40 ? 2.5 : 0));
  const solved = spectralCollapseOuTime(
    { count: 5000, size: 300 },
    { kind: "diagonal", variances },
  );
  expect(solved).toBeCloseTo(collapseOuTime({ count: 5000, size: 40 }, 2.5), 13);
});

test("any spectrum: at the root the information is ln n, and a residual counts", () => {
  const size = 200;
  const covariance: SpectralCovariance = {
    kind: "spectral",
    eigenvalues: Float64Array.from({ length: 50 }, (_, i) => 30 / (i + 1) ** 2),
    eigenvectors: new Float64Array(50 * size),
    residual: 0.01,
  };
  const time = spectralCollapseOuTime({ count: 60_000, size }, covariance);
  const noise = Math.expm1(2 * time);
  const information = sumOverSpectrum(covariance, size, (v) => 0.5 * Math.log1p(v / noise));
  expect(information).toBeCloseTo(Math.log(60_000), 11);
  const without = spectralCollapseOuTime({ count: 60_000, size }, { ...covariance, residual: 0 });
  expect(without).toBeLessThan(time);
});

test("wrong sizes are named", () => {
  expect(() => collapseOuTime({ count: 1, size: 2 })).toThrow(
    "collapseOuTime: count must be more than one point a class, got 1",
  );
  expect(() => collapseOuTime({ count: 9, size: 0 })).toThrow(
    "size must be a positive integer, got 0",
  );
  expect(() => collapseOuTime({ count: 9, size: 2 }, -1)).toThrow("variance must be finite");
  expect(() => collapseOuTime({ count: 9, size: 2, classes: 0 })).toThrow(
    "classes must be at least 1",
  );
  expect(() => spectralCollapseOuTime({ count: 9, size: 2 }, isotropic(0))).toThrow(
    "spectralCollapseOuTime: covariance must have a positive trace, got 0",
  );
});
