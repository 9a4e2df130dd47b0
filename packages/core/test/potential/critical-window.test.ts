import { expect, test } from "vitest";
import {
  criticalWindow,
  gaussianMixture,
  ou,
  totalVariation,
  totalVariationOuTime,
} from "../../src/index.ts";

test("total variation is half the integral of |p − q|", () => {
  for (const [distance, deviation, time] of [
    [3, 1, 0.4],
    [2, 0.3, 0.7],
    [1, 0, 0.1],
  ] as const) {
    const level = ou().level(time);
    const [p, q] = [0, distance].map((mean) =>
      gaussianMixture({ weights: [1], means: [[mean]], covariances: [deviation ** 2] }),
    );
    const x = Float64Array.from({ length: 40001 }, (_, i) => -10 + 0.0005 * i);
    const [a, b] = [p!.logDensity(x, level), q!.logDensity(x, level)];
    const sum = a.reduce((s, log, i) => s + Math.abs(Math.exp(log) - Math.exp(b[i]!)), 0);
    expect(totalVariation(distance, deviation, level)).toBeCloseTo(0.5 * 0.0005 * sum, 6);
  }
});

test("the time of a share is where it is reached; ln(Δ/2z) for deviation 1", () => {
  for (const share of [0.1, 0.5, 0.9])
    for (const deviation of [0, 0.5, 1, 1.3]) {
      const time = totalVariationOuTime(6, deviation, share)!;
      expect(totalVariation(6, deviation, ou().level(time))).toBeCloseTo(share, 12);
    }
  // Φ⁻¹(0.75) = 0.6744897501960817
  expect(totalVariationOuTime(6, 1, 0.5)).toBeCloseTo(Math.log(3 / 0.6744897501960817), 12);
  expect(totalVariationOuTime(0.5, 1, 0.9)).toBeNull();
  expect(totalVariationOuTime(0, 0, 0.1)).toBeNull();
  expect(() => totalVariationOuTime(1, 1, 1)).toThrow("share must lie in (0, 1), got 1");
});

test("a tree of eight classes has a window at each of its joints, in order", () => {
  // Three levels of distance along orthogonal directions: 1600, 80, 4.
  const means = Array.from({ length: 8 }, (_, k) =>
    [800, 40, 2].map((half, bit) => ((k >> (2 - bit)) & 1 ? half : -half)),
  );
  const distances = means.flatMap((a) =>
    means.map((b) => Math.hypot(...a.map((value, i) => value - b[i]!))),
  );
  const options = { deviation: 0.2, epsilon: 0.1 };
  const one = criticalWindow(distances, [0], options)!;
  const pair = criticalWindow(distances, [0, 1], options)!;
  const four = criticalWindow(distances, [0, 1, 2, 3], options)!;
  const all = criticalWindow(distances, [0, 1, 2, 3, 4, 5, 6, 7], options)!;
  expect(one.lower).toBe(0);
  expect(all.upper).toBe(Infinity);
  expect(one.upper).toBe(totalVariationOuTime(4, 0.2, 0.9));
  expect(pair.lower).toBe(totalVariationOuTime(4, 0.2, 0.1));
  for (const [inner, outer] of [
    [one, pair],
    [pair, four],
    [four, all],
  ] as const)
    expect(inner.upper).toBeLessThan(outer.lower);
  // No group across the tree, and none of classes that are too near.
  expect(criticalWindow(distances, [0, 7], options)).toBeNull();
  expect(criticalWindow([0, 0.1, 0.1, 0], [0], { deviation: 1 })).toBeNull();
});

test("names what is wrong", () => {
  expect(() => criticalWindow([0, 1], [0], { deviation: 1 })).toThrow("must be a square matrix");
  expect(() => criticalWindow([0], [], { deviation: 1 })).toThrow("group must be some of 0 … 0");
  expect(() => criticalWindow([0], [1], { deviation: 1 })).toThrow("group must be some of 0 … 0");
  expect(() => criticalWindow([0], [0], { deviation: 1, epsilon: 0.5 })).toThrow("(0, 0.5)");
  expect(() => totalVariation(-1, 1, ou().level(1))).toThrow("distance must be finite");
});
