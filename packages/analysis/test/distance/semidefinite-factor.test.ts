import { dataOf, multiply } from "@symbreak/core";
import { expect, test } from "vitest";
import { semidefiniteFactor } from "../../src/distance/semidefinite-factor.ts";
import { sampleCovariance } from "../../src/index.ts";
import { apart, correlatedRows } from "../random-data.ts";

test.each([
  [100, 12, 12],
  [5, 12, 4],
])("the factor of %i samples' covariance recomposes it, with its rank", (count, size, rank) => {
  const { matrix } = sampleCovariance(dataOf(correlatedRows(count, size, 1), [size]));
  const factor = semidefiniteFactor(matrix, size);
  expect(factor.length / size).toBe(rank);
  const transposed = Float64Array.from({ length: factor.length }, (_, i) => {
    const [j, r] = [Math.floor(i / rank), i % rank];
    return factor[r * size + j]!;
  });
  const shape = { rows: size, inner: rank, columns: size };
  expect(apart(multiply(transposed, factor, shape), matrix)).toBeLessThan(1e-14);
});

test("a zero matrix has no rows", () => {
  expect(semidefiniteFactor(new Float64Array(9), 3)).toHaveLength(0);
});
