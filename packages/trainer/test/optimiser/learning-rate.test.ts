import { expect, test } from "vitest";
import { constantRate, cosineRate } from "../../src/index.ts";

test("a rate warms up in a straight line that begins above zero, then stays", () => {
  const rate = constantRate(2, 4);
  expect([0, 1, 3, 4, 100].map(rate)).toEqual([0.5, 1, 2, 2, 2]);
  expect(constantRate(2)(0)).toBe(2);
});

test("a cosine rate warms up, falls, is half way in the middle, and ends where it should", () => {
  const rate = cosineRate(1, { steps: 110, warmUp: 10, end: 0.2 });
  expect(rate(4)).toBeCloseTo(0.5, 12);
  expect(rate(10)).toBeCloseTo(1, 12);
  expect(rate(60)).toBeCloseTo(0.6, 12);
  expect([110, 500].map(rate)).toEqual([0.2, 0.2]);
});
