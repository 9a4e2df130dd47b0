import { expect, test } from "vitest";
import { constantly, fanAverage, normal, uniform } from "../src/initialiser.ts";

const SHAPE = [64, 32, 3, 3];

function meanSquare(values: Float32Array): number {
  return values.reduce((total, v) => total + v * v, 0) / values.length;
}

test("fanAverage has the variance 1 over the mean of fan in and fan out", () => {
  const expected = 1 / ((9 * (64 + 32)) / 2);
  const standardError = expected * Math.sqrt(0.8 / (64 * 32 * 9));
  const measured = meanSquare(fanAverage(SHAPE, 3, 0));
  expect(Math.abs(measured - expected)).toBeLessThan(4 * standardError);
});

test("normal and uniform have the deviation and the bound they are given", () => {
  const standardError = 0.25 * Math.sqrt(2 / (64 * 32 * 9));
  expect(Math.abs(meanSquare(normal(0.5)(SHAPE, 3, 0)) - 0.25)).toBeLessThan(4 * standardError);
  const values = uniform(0.2)(SHAPE, 3, 0);
  expect(Math.max(...values)).toBeLessThanOrEqual(Math.fround(0.2));
  expect(Math.max(...values)).toBeGreaterThan(0.1999);
  expect(Math.min(...values)).toBeLessThan(-0.1999);
});

test("parameters of one network are independent", () => {
  const [a, b] = [normal(1)([1000], 3, 0), normal(1)([1000], 3, 1)];
  const correlation = a.reduce((total, z, i) => total + z * b[i]!, 0) / 1000;
  expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(1000));
});

test("constantly fills", () => {
  expect(Array.from(constantly(1)([2, 2], 0, 0))).toEqual([1, 1, 1, 1]);
});
