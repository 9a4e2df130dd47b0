import { dataOf } from "@symbreak/core";
import { expect, test } from "vitest";
import { vendiScore } from "../../src/index.ts";
import { correlatedRows } from "../random-data.ts";

test("orthogonal samples count in full, copies once", () => {
  const values = Float32Array.of(1, 0, 0, 0, 5, 0, 0, 0, 2);
  expect(vendiScore(dataOf(values, [3]))).toBeCloseTo(3, 12);
  expect(vendiScore(dataOf(new Float32Array(12).fill(4), [3]))).toBeCloseTo(1, 12);
  const halves = Float32Array.of(1, 0, 3, 0, 0, 7, 0, 1);
  expect(vendiScore(dataOf(halves, [2]))).toBeCloseTo(2, 12);
});

test("both sides of n = d give the same score", () => {
  const wide = correlatedRows(6, 9, 1);
  const twice = Float64Array.of(...wide, ...wide);
  expect(vendiScore(dataOf(twice, [9]))).toBeCloseTo(vendiScore(dataOf(wide, [9])), 12);
});

test("a sample without direction is refused", () => {
  expect(() => vendiScore(dataOf(new Float32Array(4), [2]))).toThrow("sample 0");
});
