import { philoxNoise } from "@symbreak/core";
import { type Denoiser, exactDenoiser } from "@symbreak/samplers";
import { describe, expect, test } from "vitest";
import { lossRatio } from "../../src/index.ts";
import { axisGaussian, twoGaussianDenoiser } from "./laws.ts";
import { explode, vpLevels } from "./levels.ts";

const levels = vpLevels(3, 0.1, 30);

describe("lossRatio", () => {
  test("is 1 for Gaussian data at every level", async () => {
    const law = axisGaussian([4, 1, 0.1], [1, 0, -1]);
    const { at, affineUntil, worseFrom, samples } = await lossRatio({
      denoiser: exactDenoiser(law),
      moments: law.moments(),
      data: law.sample(50, philoxNoise(1)),
      levels,
    });
    for (const { ratio, scoreDistance } of at) {
      expect(ratio).toBeCloseTo(1, 9);
      expect(scoreDistance).toBeLessThan(1e-12);
    }
    expect({ affineUntil, worseFrom, samples }).toEqual({
      affineUntil: null,
      worseFrom: null,
      samples: 50,
    });
  });

  test("falls below 1 where two classes part, as the exact losses do", async () => {
    const { mixture, denoiser } = twoGaussianDenoiser({ mean: 2, deviation: 0.3 }, 3);
    const { at, affineUntil } = await lossRatio({
      denoiser,
      moments: mixture.moments(),
      data: mixture.sample(4000, philoxNoise(2)),
      levels,
    });
    expect(at[0]!.ratio).toBeCloseTo(1, 2);
    const crossing = at.findIndex(({ ratio }) => ratio <= 0.95);
    expect(affineUntil!.ouTime).toBeLessThan(at[crossing - 1]!.time.ouTime);
    expect(affineUntil!.ouTime).toBeGreaterThanOrEqual(at[crossing]!.time.ouTime);
    expect(Math.min(...at.map(({ ratio }) => ratio))).toBeLessThan(0.5);
  });

  test("a network that is worse than the linear one at much noise is seen to be", async () => {
    const law = axisGaussian([4, 1, 0.1], [1, 0, -1]);
    const exact = exactDenoiser(law);
    const poor: Denoiser = {
      ...exact,
      predict: async (x, level) =>
        (await exact.predict(x, level)).map((value) => value + 2 * level.sigma ** 40),
    };
    const { worseFrom, at } = await lossRatio({
      denoiser: poor,
      moments: law.moments(),
      data: law.sample(50, philoxNoise(1)),
      levels,
    });
    expect(at[0]!.ratio).toBeGreaterThan(1.5);
    expect(worseFrom!.ouTime).toBeGreaterThan(1);
    expect(worseFrom!.ouTime).toBeLessThan(3);
  });

  test("tells variance-exploding levels their time, and the same loss", async () => {
    const { mixture, denoiser } = twoGaussianDenoiser({ mean: 2, deviation: 0.3 }, 3);
    const run = {
      ...{ denoiser, moments: mixture.moments(), data: mixture.sample(200, philoxNoise(2)) },
    };
    const preserving = await lossRatio({ ...run, levels });
    const exploding = await lossRatio({ ...run, levels: levels.map(explode) });
    for (const [k, { time, ratio }] of exploding.at.entries()) {
      expect(time.ouTime).toBeCloseTo(preserving.at[k]!.time.ouTime, 10);
      expect(ratio).toBeCloseTo(preserving.at[k]!.ratio, 9);
    }
    expect(exploding.affineUntil!.ouTime).toBeCloseTo(preserving.affineUntil!.ouTime, 9);
  });
});
