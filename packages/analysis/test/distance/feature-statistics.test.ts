import { dataOf } from "@symbreak/core";
import { expect, test } from "vitest";
import { featureStatistics, frechetFromStatistics, statisticsFromArrays } from "../../src/index.ts";

test("the covariance is unbiased, as numpy.cov", () => {
  const { mean, covariance } = featureStatistics(dataOf(Float32Array.of(1, 2, 3, 6), [2]));
  expect(Array.from(mean)).toEqual([2, 4]);
  expect(Array.from(covariance)).toEqual([2, 4, 4, 8]);
});

test("files with sigma and files with cov are read alike", () => {
  const mu = [0, 1];
  const matrix = [2, 0, 0, 8];
  const [p, q] = [
    statisticsFromArrays({ mu, sigma: matrix }),
    statisticsFromArrays({ mu, cov: matrix }),
  ];
  expect(p).toEqual(q);
  const other = statisticsFromArrays({ mu: [3, 1], sigma: [8, 0, 0, 2] });
  expect(frechetFromStatistics(p, other)).toBeCloseTo(9 + 2 + 2, 12);
});

test("arrays that are no statistics are refused", () => {
  expect(() => statisticsFromArrays({ mu: [1] })).toThrow(
    'must have mu and sigma (or cov), got "mu"',
  );
  expect(() => statisticsFromArrays({ mu: [1, 2], sigma: [1, 2, 3] })).toThrow(
    "2 × 2 elements, got 3",
  );
  expect(() => statisticsFromArrays({ mu: [1], sigma: [Number.NaN] })).toThrow(
    "sigma must be finite",
  );
});
