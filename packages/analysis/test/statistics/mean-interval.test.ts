import { philoxNoise } from "@symbreak/core";
import { expect, test } from "vitest";
import { meanIntervals } from "../../src/statistics/mean-interval.ts";

test("of normal values it is as wide as 1.96 σ/√n on either side, about the mean", () => {
  const values = new Float64Array(500);
  philoxNoise(1)(values, 500, 0);
  const mean = values.reduce((a, b) => a + b) / 500;
  const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 500);
  const { value, low, high } = meanIntervals(500, 0)(values);
  expect(value).toBeCloseTo(mean, 14);
  expect(Math.abs((high - low) / (2 * 1.96 * (deviation / Math.sqrt(500))) - 1)).toBeLessThan(0.1);
  expect(low).toBeLessThan(mean);
  expect(high).toBeGreaterThan(mean);
});

test("constant values have no width", () => {
  expect(meanIntervals(3, 0)([2, 2, 2])).toEqual({ value: 2, low: 2, high: 2 });
});
