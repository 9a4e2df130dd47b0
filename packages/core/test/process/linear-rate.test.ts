import { expect, test } from "vitest";
import { linearRate } from "../../src/process/linear-rate.ts";

test("the integral is that of beta, and its time is found again", () => {
  const { beta, integral, timeOf } = linearRate({ betaMin: 0.5, betaMax: 3 });
  // Simpson's rule is exact for a straight line.
  expect(integral(0.8)).toBeCloseTo((0.8 / 6) * (beta(0) + 4 * beta(0.4) + beta(0.8)), 15);
  expect(timeOf(integral(0.8))).toBeCloseTo(0.8, 15);
  expect(timeOf(0)).toBe(0);
});

test("a constant rate has a linear integral", () => {
  const { timeOf } = linearRate({ betaMin: 2, betaMax: 2 });
  expect(timeOf(3)).toBeCloseTo(1.5, 15);
});

test("a rate that falls or vanishes is refused", () => {
  expect(() => linearRate({ betaMin: 0 })).toThrow(/0 < betaMin ≤ betaMax/);
  expect(() => linearRate({ betaMin: 2, betaMax: 1 })).toThrow(/got \[2, 1\]/);
});
