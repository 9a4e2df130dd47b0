import { expect, test } from "vitest";
import { normalCdf } from "../../src/distribution/normal-cdf.ts";

test("the normal distribution function has scipy's values", () => {
  expect(normalCdf(0)).toBe(0.5);
  expect(normalCdf(1)).toBeCloseTo(0.8413447460685429, 15);
  expect(normalCdf(-3)).toBeCloseTo(0.0013498980316300957, 15);
  expect(normalCdf(5)).toBeCloseTo(0.9999997133484281, 15);
  expect(normalCdf(-40)).toBe(0);
  expect(normalCdf(40)).toBe(1);
});
