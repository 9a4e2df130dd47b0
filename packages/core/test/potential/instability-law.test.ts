import fc from "fast-check";
import { expect, test } from "vitest";
import {
  criticalAlphaBar,
  criticalOuTime,
  discreteSchedule,
  nearestIndex,
  potentialCurvature,
  speciationOuTime,
} from "../../src/index.ts";

const schedule = discreteSchedule();

test.each([
  [0.1, 0.9049875621, 0.9513083423, 0.04991704, null, 95],
  [0.5, 0.6180339887, 0.7861513778, 0.24060591, null, 214],
  [1, 0.4142135624, 0.6435942529, 0.44068679, null, 292],
  [2, 0.2360679775, 0.4858682718, 0.72181774, 0.3465736, 375],
  [5, 0.0990195136, 0.3146736621, 1.15621917, 0.804719, 476],
  [10, 0.0498756211, 0.2233285049, 1.49911148, 1.1512925, 542],
  [100, 0.004999875, 0.0707097943, 2.64917118, Math.LN10, 722],
  [1000, 4.99999875e-4, 0.022360677, 3.80045135, 3.4538776, 866],
])("the instability law at lambda = %d", (lambda, alphaBar, theta, ouTime, speciation, index) => {
  expect(criticalAlphaBar(lambda)).toBeCloseTo(alphaBar, 10);
  expect(Math.sqrt(criticalAlphaBar(lambda))).toBeCloseTo(theta, 10);
  expect(criticalOuTime(lambda)).toBeCloseTo(ouTime, 8);
  // ½ ln Λ is no time for variances up to 1: they never part.
  if (speciation === null) expect(speciationOuTime(lambda)).toBeNull();
  else expect(speciationOuTime(lambda)).toBeCloseTo(speciation, 7);
  expect(nearestIndex(schedule, criticalAlphaBar(lambda))).toBe(index);
});

test("nothing cancels for large lambda, nor for small", () => {
  expect(criticalAlphaBar(1e12) * 2e12).toBeCloseTo(1, 15);
  expect(criticalAlphaBar(1e200) * 2e200).toBeCloseTo(1, 15);
  expect(criticalOuTime(1e12)).toBeCloseTo(0.5 * Math.log(2e12), 14);
  expect(criticalOuTime(1e-9) / 5e-10).toBeCloseTo(1, 15);
});

test("the curvature changes its sign at the critical level", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (lambda) => {
      const critical = criticalAlphaBar(lambda);
      expect(potentialCurvature(lambda, critical * (1 - 1e-9))).toBeGreaterThan(0);
      expect(potentialCurvature(lambda, Math.min(critical * (1 + 1e-9), 1 - 1e-12))).toBeLessThan(
        0,
      );
      expect(Math.exp(-2 * criticalOuTime(lambda)) / critical).toBeCloseTo(1, 12);
    }),
  );
});

test("wrong arguments are named", () => {
  expect(() => criticalAlphaBar(-1)).toThrow(
    "criticalAlphaBar: lambda must not be negative, got -1",
  );
  expect(() => criticalOuTime(Number.NaN)).toThrow("criticalOuTime: lambda must not be negative");
  expect(() => potentialCurvature(1, 1)).toThrow("alphaBar must lie in [0, 1), got 1");
  expect(() => potentialCurvature(-1, 0)).toThrow("variance must not be negative, got -1");
});
