import { expect, test } from "vitest";
import { CLEAN, gaussianMixture, hypersphere, philoxNoise } from "../../src/index.ts";
import { differences, LEVELS, largestGap, normals } from "./support.ts";

test.each(LEVELS)("in one dimension the sphere is two deltas, at %o", (level) => {
  const sphere = hypersphere(1, 1.5);
  const deltas = gaussianMixture({ weights: [1, 1], means: [[1.5], [-1.5]], covariances: [0, 0] });
  const x = Float64Array.of(-2, -0.1, 0, 0.7, 1.4);
  expect(largestGap(sphere.logDensity(x, level), deltas.logDensity(x, level))).toBeLessThan(1e-12);
  expect(largestGap(sphere.score(x, level), deltas.score(x, level))).toBeLessThan(1e-11);
  expect(largestGap(sphere.denoise(x, level), deltas.denoise(x, level))).toBeLessThan(1e-13);
});

test("a circle is a mixture of very many points on it", () => {
  const angles = Array.from({ length: 400 }, (_, k) => (2 * Math.PI * k) / 400);
  const points = gaussianMixture({
    weights: angles.map(() => 1),
    means: angles.map((angle) => [2 * Math.cos(angle), 2 * Math.sin(angle)]),
    covariances: angles.map(() => 0),
  });
  const x = normals(10, 71);
  const level = LEVELS[1]!;
  const circle = hypersphere(2, 2);
  expect(largestGap(circle.logDensity(x, level), points.logDensity(x, level))).toBeLessThan(1e-12);
  expect(largestGap(circle.denoise(x, level), points.denoise(x, level))).toBeLessThan(1e-12);
});

test.each(LEVELS)(
  "in many dimensions the score is the gradient of the log density, at %o",
  (level) => {
    const sphere = hypersphere(6, 2);
    const x = normals(6, 72);
    const slope = differences((at) => sphere.logDensity(at, level), x);
    expect(
      largestGap(
        sphere.score(x, level),
        slope.map((part) => part[0]!),
      ),
    ).toBeLessThan(1e-7);
  },
);

test("at small noise the denoiser returns the nearest point of the sphere", () => {
  const denoised = hypersphere(2, 5).denoise(Float64Array.of(3.3, 4.4), { alpha: 1, sigma: 1e-7 });
  expect(denoised[0]).toBeCloseTo(3, 12);
  expect(denoised[1]).toBeCloseTo(4, 12);
  expect([...hypersphere(2).denoise(Float64Array.of(0, 0), LEVELS[1]!)]).toEqual([0, 0]);
});

test("draws lie on the sphere, or around it at a level, the same in any batch", () => {
  const sphere = hypersphere(3, 2);
  const clean = sphere.sample(4, philoxNoise(6));
  for (let n = 0; n < 4; n++)
    expect(Math.hypot(...clean.subarray(3 * n, 3 * n + 3))).toBeCloseTo(2, 14);
  const level = { alpha: 0.6, sigma: 0.8 };
  const many = sphere.sample(4, philoxNoise(6), level);
  expect(sphere.sample(1, philoxNoise(6, [3]), level)).toEqual(many.slice(9));
  const noise = new Float64Array(12);
  philoxNoise(6)(noise, 3, 0);
  const expected = clean.map((value, i) => 0.6 * value + 0.8 * noise[i]!);
  expect(largestGap(many, expected)).toBeLessThan(1e-15);
});

test("wrong arguments are named", () => {
  expect(() => hypersphere(0)).toThrow("hypersphere: dimension must be a positive integer, got 0");
  expect(() => hypersphere(2, 0)).toThrow("hypersphere: radius must be positive and finite, got 0");
  expect(() => hypersphere(2).score(new Float64Array(2), CLEAN)).toThrow("level.sigma must be");
});
