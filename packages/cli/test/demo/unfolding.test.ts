import { discreteSchedule, gaussianMixture } from "@symbreak/core";
import { exactDenoiser } from "@symbreak/samplers";
import { expect, test } from "vitest";
import { unfolding } from "../../src/demo/unfolding.ts";

test("unfolding has one row a sample, from the mean to the decision", async () => {
  const law = gaussianMixture({
    weights: [1, 1],
    means: [
      [1, 1],
      [-1, -1],
    ],
    covariances: [0, 0],
  });
  const { samples, indices, estimates } = await unfolding(
    { denoiser: exactDenoiser(law), process: discreteSchedule() },
    5,
    4,
    1,
  );
  expect([samples, indices]).toEqual([5, [750, 500, 250, 0]]);
  expect(estimates).toHaveLength(5 * 4 * 2);
  for (let i = 0; i < 5; i++) {
    const row = estimates.subarray(i * 8, (i + 1) * 8);
    expect(Math.abs(row[0]!)).toBeLessThan(0.35);
    expect(Math.abs(row[6]!)).toBeCloseTo(1, 5);
    expect(row[7]).toBeCloseTo(row[6]!, 5);
  }
});
