import { expect, test } from "vitest";
import { resamples } from "../../src/statistics/resamples.ts";

test("a resample of n leaves out 1/e of them", () => {
  const shares = [...resamples(500, 40, 1)].map((chosen) => new Set(chosen).size / 500);
  const mean = shares.reduce((sum, share) => sum + share, 0) / 40;
  expect(mean).toBeCloseTo(1 - Math.exp(-1), 2);
  expect([...resamples(500, 2, 1)]).toEqual([...resamples(500, 3, 1)].slice(0, 2));
});
