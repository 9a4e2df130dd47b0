import { dataOf } from "@symbreak/core";
import { expect, test } from "vitest";
import { fullMoments, sampleCovariance } from "../../src/index.ts";

test("coordinates that never vary have no eigenvector", () => {
  const values = Float32Array.of(1, 5, 0, 2, 5, 1, 3, 5, 0);
  const { covariance } = fullMoments(sampleCovariance(dataOf(values, [3])));
  if (covariance.kind !== "spectral") throw new Error();
  expect(covariance.eigenvalues).toHaveLength(2);
  expect(covariance.eigenvalues[0]).toBeCloseTo(2 / 3, 14);
  expect(covariance.eigenvalues[1]).toBeCloseTo(2 / 9, 14);
  expect(Array.from(covariance.eigenvectors, Math.abs)).toEqual([1, 0, 0, 0, 0, 1]);
});
