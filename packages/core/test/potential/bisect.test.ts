import { expect, test } from "vitest";
import { bisect } from "../../src/potential/bisect.ts";

test("halving finds a root to the last bit, from either side", () => {
  expect(bisect((x) => x * x - 2, 0, 2)).toBeCloseTo(Math.SQRT2, 15);
  expect(bisect((x) => 2 - x * x, 0, 2)).toBeCloseTo(Math.SQRT2, 15);
});

test("a root at an end is found", () => {
  expect(bisect((x) => x, 0, 1)).toBe(0);
  expect(bisect((x) => x - 1, 0, 1)).toBe(1);
});
