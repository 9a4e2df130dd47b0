import { philoxNoise, twoGaussiansCritical, twoGaussiansFixedPoints } from "@symbreak/core";
import { describe, expect, test } from "vitest";
import { findWells, LANDSCAPES } from "../../src/index.ts";
import { twoGaussianDenoiser } from "./laws.ts";
import { explode, vpLevel, vpLevels } from "./levels.ts";

const size = 3;

describe("findWells", () => {
  test("sees the fold of unequal classes, which the centre does not", async () => {
    const pair = { mean: 1, deviation: 0.3, weight: 0.35 };
    const { denoiser, mixture } = twoGaussianDenoiser(pair, size);
    const levels = vpLevels(1, 0.1, 91);
    const wells = await findWells({
      denoiser,
      starts: mixture.sample(20, philoxNoise(0)),
      levels,
      most: 400,
    });
    const fold = -0.5 * Math.log(twoGaussiansCritical(pair)!);
    // To a step of the grid, 0.01, and one more where the new well is still flat.
    expect(wells.split!.ouTime).toBeLessThanOrEqual(fold);
    expect(wells.split!.ouTime).toBeGreaterThan(fold - 0.021);
    expect(wells.at[0]!.wells).toHaveLength(1);
    expect(wells.at.at(-1)!.wells).toHaveLength(2);
    expect(wells.at.at(-1)!.shares.reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
  });

  test("the wells are the stable fixed points", async () => {
    const pair = { mean: 1.5, deviation: 0.4 };
    const { denoiser, mixture } = twoGaussianDenoiser(pair, size);
    const a = 0.5;
    const { at, split, evaluations } = await findWells({
      denoiser,
      starts: mixture.sample(12, philoxNoise(1)),
      levels: [vpLevel(a)],
      tolerance: 1e-9,
      most: 500,
    });
    const stable = twoGaussiansFixedPoints(pair, a).filter((point) => point.stable);
    const gain = LANDSCAPES.potential.gain(a);
    const found = at[0]!.wells
      .map((well) => (gain * well.reduce((sum, value) => sum + value, 0)) / Math.sqrt(size))
      .sort((p, q) => p - q);
    expect(found).toHaveLength(2);
    found.forEach((x, k) => {
      expect(x).toBeCloseTo(stable[k]!.x, 6);
    });
    expect(at[0]!.unsettled).toBe(0);
    expect(split).toBe(at[0]!.time);
    expect(evaluations).toBeGreaterThan(12);
  });

  test("starts that have not settled are counted", async () => {
    const { denoiser, mixture } = twoGaussianDenoiser({ mean: 1, deviation: 0.5 }, size);
    const { at, split } = await findWells({
      denoiser,
      starts: mixture.sample(6, philoxNoise(1)),
      levels: [vpLevel(4 / 9)],
      most: 3,
      tolerance: 1e-9,
    });
    expect(at[0]!.unsettled).toBe(6);
    expect(split).toBeNull();
  });

  test("starts must be whole samples", async () => {
    const { denoiser } = twoGaussianDenoiser({ mean: 1, deviation: 0.5 }, size);
    const starts = new Float64Array(4);
    await expect(findWells({ denoiser, starts, levels: [] })).rejects.toThrow(
      "starts must hold whole samples of 3 values, got 4",
    );
  });

  test("variance-exploding levels of the same signal have the same wells at the same times", async () => {
    const { denoiser, mixture } = twoGaussianDenoiser(
      { mean: 1, deviation: 0.3, weight: 0.4 },
      size,
    );
    const levels = vpLevels(0.8, 0.1, 8);
    const run = { denoiser, starts: mixture.sample(10, philoxNoise(0)), most: 300 };
    const preserving = await findWells({ ...run, levels });
    const exploding = await findWells({ ...run, levels: levels.map(explode) });
    expect(exploding.split!.ouTime).toBeCloseTo(preserving.split!.ouTime, 10);
    for (const [k, { wells, time }] of exploding.at.entries()) {
      expect(time.ouTime).toBeCloseTo(preserving.at[k]!.time.ouTime, 10);
      expect(wells).toHaveLength(preserving.at[k]!.wells.length);
      for (const [j, well] of wells.entries())
        for (const [i, value] of well.entries())
          expect(value).toBeCloseTo(preserving.at[k]!.wells[j]![i]!, 3);
    }
  });
});
