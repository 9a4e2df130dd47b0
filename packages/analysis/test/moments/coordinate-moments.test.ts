import { expect, test } from "vitest";
import { coordinateMoments } from "../../src/index.ts";
import { apart, correlatedRows, plainCovariance, sparseBytes } from "../random-data.ts";

test("means and variances are those of the dense covariance, in the scale's units", () => {
  const values = sparseBytes(400, 8, 1);
  const scale = { a: [3], b: [-2] };
  const rows = Float64Array.from(values, (value) => 3 * value - 2);
  const { mean, matrix } = plainCovariance(rows, 8);
  const found = coordinateMoments({ values, size: 8, scale });
  expect(apart(found.mean, mean)).toBeLessThan(1e-14);
  expect(
    apart(
      found.variances,
      found.variances.map((_, j) => matrix[9 * j]!),
    ),
  ).toBeLessThan(1e-13);
});

test("variances far from 0 keep their digits", () => {
  const found = coordinateMoments({ values: correlatedRows(400, 8, 2, 1e6), size: 8 });
  const near = coordinateMoments({ values: correlatedRows(400, 8, 2), size: 8 });
  expect(apart(found.variances, near.variances)).toBeLessThan(1e-9);
});

test("a NaN is named", () => {
  const data = { values: Float64Array.of(0, Number.POSITIVE_INFINITY), size: 1 };
  expect(() => coordinateMoments(data)).toThrow("sample 1, coordinate 0");
});
