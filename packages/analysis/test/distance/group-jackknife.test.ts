import { dataOf } from "@symbreak/core";
import { expect, test } from "vitest";
import { groupJackknife } from "../../src/distance/group-jackknife.ts";
import { semidefiniteFactor } from "../../src/distance/semidefinite-factor.ts";
import { featureStatistics, frechetDistance } from "../../src/index.ts";
import { permutation } from "../../src/statistics/permutation.ts";
import { correlatedRows } from "../random-data.ts";

const size = 4;

function centred(count: number, seed: number, factor: number) {
  const values = correlatedRows(count, size, seed).map((value) => factor * value);
  const { mean, covariance } = featureStatistics(dataOf(values, [size]));
  const rows = values.map((value, i) => value - mean[i % size]!);
  return { values, rows, count, mean, factor: semidefiniteFactor(covariance, size) };
}

test("its replicates are the distances without each group", () => {
  const [p, q] = [centred(60, 1, 1), centred(80, 2, 1.5)];
  const groups = 6;
  const order = permutation(60, 5);
  const distance = (kept: number[]) => {
    const values = Float64Array.from(
      kept.flatMap((n) => [...p.values.subarray(size * n, size * n + size)]),
    );
    return frechetDistance(dataOf(values, [size]), dataOf(q.values, [size]), {
      extractor: "test",
      groups: 0,
    }).value;
  };
  const without = Array.from({ length: groups }, (_, g) =>
    distance(Array.from(order).filter((_, place) => place % groups !== g)),
  );
  const mean = without.reduce((sum, value) => sum + value, 0) / groups;
  const spread = without.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const found = groupJackknife(p, q, groups, 5);
  expect(found.variance).toBeCloseTo((5 / 6) * spread, 10);
  expect(found.bias).toBeCloseTo(5 * (mean - distance(Array.from(order))), 10);
});
