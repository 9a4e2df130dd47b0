import fc from "fast-check";
import { expect, test } from "vitest";
import {
  discreteSchedule,
  firstIndexBelow,
  indexOfSigma,
  levelAt,
  nearestIndex,
  noiseToSignal,
} from "../../src/index.ts";

const schedule = discreteSchedule();

// The instability law theta_c² = √(1 + λ²) − λ.
test.each([
  [0.1, 95],
  [0.5, 214],
  [1, 292],
  [2, 375],
  [5, 476],
  [10, 542],
  [100, 722],
  [1000, 866],
])("λ = %d becomes unstable nearest to index %i", (lambda, index) => {
  expect(nearestIndex(schedule, Math.sqrt(1 + lambda * lambda) - lambda)).toBe(index);
});

test("the density of two deltas splits nearest to index 258", () => {
  expect(nearestIndex(schedule, 0.5)).toBe(258);
});

test("the first index below is where alphaBar has just passed the value", () => {
  fc.assert(
    fc.property(fc.double({ min: 5e-5, max: 1, noNaN: true }), (alphaBar) => {
      const index = firstIndexBelow(schedule, alphaBar)!;
      expect(schedule.alphaBars[index]).toBeLessThan(alphaBar);
      if (index > 0) expect(schedule.alphaBars[index - 1]).toBeGreaterThanOrEqual(alphaBar);
    }),
  );
  expect(firstIndexBelow(schedule, schedule.alphaBars[400]!)).toBe(401);
  expect(firstIndexBelow(schedule, 1e-5)).toBeUndefined();
});

test("no index is nearer in √alphaBar than the nearest", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (alphaBar) => {
      const distance = (i: number) =>
        Math.abs(Math.sqrt(schedule.alphaBars[i]!) - Math.sqrt(alphaBar));
      const found = distance(nearestIndex(schedule, alphaBar));
      for (let i = 0; i < 1000; i++) expect(distance(i)).toBeGreaterThanOrEqual(found);
    }),
    { numRuns: 20 },
  );
});

test("the fractional index undoes levelAt, from clean to the end", () => {
  fc.assert(
    fc.property(fc.double({ min: -1, max: 999, noNaN: true }), (index) => {
      const back = indexOfSigma(schedule, noiseToSignal(levelAt(schedule, index)));
      expect(Math.abs(back! - index)).toBeLessThan(1e-9);
    }),
  );
  expect(indexOfSigma(schedule, 1e9)).toBeUndefined();
});
