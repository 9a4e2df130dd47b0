import { expect, test } from "vitest";
import { CLEAN, discreteSchedule, levelAt, ou, ouTimeOf, subVp, ve } from "../../src/index.ts";

test("of variance-preserving levels it is −ln alpha, of any level that of the same signal to noise", () => {
  for (const index of [0, 400, 999]) {
    const level = levelAt(discreteSchedule(), index);
    expect(ouTimeOf(level) / -Math.log(level.alpha)).toBeCloseTo(1, 9);
  }
  expect(ouTimeOf(ou().level(1.7))).toBeCloseTo(1.7, 12);
  expect(ouTimeOf({ alpha: 1, sigma: 3 })).toBeCloseTo(0.5 * Math.log(10), 14);
  expect(ouTimeOf(ve().level(0.5))).toBeCloseTo(0.5 * Math.log1p(ve().sigma(0.5) ** 2), 12);
  const mixed = subVp().level(0.3);
  expect(ouTimeOf(mixed)).toBeCloseTo(0.5 * Math.log1p((mixed.sigma / mixed.alpha) ** 2), 12);
  expect(ouTimeOf(CLEAN)).toBe(0);
});
