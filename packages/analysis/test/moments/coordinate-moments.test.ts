import { dataOf } from "@symbreak/core";
import { expect, test } from "vitest";
import { coordinateMoments } from "../../src/index.ts";
import { apart, correlatedRows, plainCovariance, sparseBytes } from "../random-data.ts";

test("means and variances are those of the dense covariance, in the scale's units", () => {
  const values = sparseBytes(400, 8, 1);
  const scale = { name: "test", a: [3], b: [-2] };
  const rows = Float64Array.from(values, (value) => 3 * value - 2);
  const { mean, matrix } = plainCovariance(rows, 8);
  const found = coordinateMoments(dataOf(values, [8], scale));
  expect(apart(found.mean, mean)).toBeLessThan(1e-14);
  expect(
    apart(
      found.variances,
      found.variances.map((_, j) => matrix[9 * j]!),
    ),
  ).toBeLessThan(1e-13);
});

test("variances far from 0 keep their digits", () => {
  const found = coordinateMoments(dataOf(correlatedRows(400, 8, 2, 1e6), [8]));
  const near = coordinateMoments(dataOf(correlatedRows(400, 8, 2), [8]));
  expect(apart(found.variances, near.variances)).toBeLessThan(1e-9);
});

test("a NaN is named", () => {
  const data = dataOf(Float64Array.of(0, Number.POSITIVE_INFINITY), [1]);
  expect(() => coordinateMoments(data)).toThrow("sample 1, coordinate 0");
});
