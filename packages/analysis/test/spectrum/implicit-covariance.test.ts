import { AS_IS, dataOf } from "@symbreak/core";
import { expect, test } from "vitest";
import { sampleCovariance } from "../../src/index.ts";
import { implicitCovariance } from "../../src/spectrum/implicit-covariance.ts";
import { apart, correlatedRows, sparseBytes } from "../random-data.ts";

test.each([
  ["bytes", dataOf(sparseBytes(200, 30, 1), [30], { name: "test", a: [0.1, 2], b: [5, -1] })],
  ["floats", dataOf(correlatedRows(200, 30, 2, 100), [30], { name: "test", a: [2], b: [7] })],
  ["one sample", dataOf(new Uint8Array(30).fill(3), [30], AS_IS)],
])("the product with a vector is that of the dense covariance (%s)", (_, data) => {
  const { mean, matrix } = sampleCovariance(data);
  const x = Float64Array.from({ length: 30 }, (_, j) => Math.sin(j));
  const found = implicitCovariance(data, mean)(x);
  const expected = found.map((_, i) => x.reduce((sum, v, j) => sum + v * matrix[30 * i + j]!, 0));
  for (let i = 0; i < 30; i++) expect(found[i]).toBeCloseTo(expected[i]!, 9);
  if (data.values.length > 30) expect(apart(found, expected)).toBeLessThan(1e-13);
});
