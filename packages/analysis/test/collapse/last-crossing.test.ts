import { expect, test } from "vitest";
import { lastCrossing } from "../../src/collapse/last-crossing.ts";

test("the last rise through the threshold counts, between its neighbours", () => {
  expect(lastCrossing([1, 2, 3, 4], [0, 0.5, 0.2, 1], 0.4)).toBeCloseTo(3.25, 14);
  expect(lastCrossing([1, 2], [0.2, 0.4], 0.4)).toBe(2);
});

test("a curve that stays on one side has no crossing", () => {
  expect(lastCrossing([1, 2], [0.5, 0.6], 0.4)).toBeUndefined();
  expect(lastCrossing([1, 2], [0.1, 0.2], 0.4)).toBeUndefined();
});
