import fc from "fast-check";
import { expect, test } from "vitest";
import { bimodalityThreshold, fixedPoints, gaussianMixture, isBimodal } from "../../src/index.ts";

test("the criterion of Robertson and Fryer, as printed", () => {
  for (const d of [1.01, 1.5, 2, 5])
    expect(bimodalityThreshold(d)).toBeCloseTo(
      2 * d * Math.sqrt(d * d - 1) - 2 * Math.acosh(d),
      11,
    );
  expect(bimodalityThreshold(1)).toBe(0);
  expect(bimodalityThreshold(0)).toBe(0);
  expect(isBimodal(0.5, 1)).toBe(false);
  expect(isBimodal(0.5, 1.001)).toBe(true);
});

test("it tells two modes from one wherever they can be counted", () => {
  const weights = fc.double({ min: 0.01, max: 0.99, noNaN: true });
  const distances = fc.double({ min: 0.5, max: 3, noNaN: true });
  fc.assert(
    fc.property(weights, distances, (weight, d) => {
      const odds = Math.abs(Math.log(weight / (1 - weight)));
      fc.pre(Math.abs(odds - bimodalityThreshold(d)) > 1e-3); // else the modes are closer than the grid
      const mixture = gaussianMixture({
        weights: [weight, 1 - weight],
        means: [[d], [-d]],
        covariances: [1, 1],
      });
      const downhill = (x: Float64Array) =>
        mixture.score(x, { alpha: 1, sigma: 0 }).map((value) => -value);
      const modes = fixedPoints(downhill, -d - 0.1, d + 0.1, 3001).filter(({ stable }) => stable);
      expect(modes.length).toBe(isBimodal(weight, d) ? 2 : 1);
    }),
    { numRuns: 400 },
  );
});

test("wrong arguments are named", () => {
  expect(() => isBimodal(0, 2)).toThrow("isBimodal: weight must lie in (0, 1), got 0");
  expect(() => bimodalityThreshold(-1)).toThrow(
    "bimodalityThreshold: halfDistance must not be negative",
  );
});
