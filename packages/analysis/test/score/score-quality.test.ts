import { gaussian, gaussianMixture, philoxNoise, processLevels, vp } from "@symbreak/core";
import { type Denoiser, exactDenoiser } from "@symbreak/samplers";
import { describe, expect, test } from "vitest";
import { scoreQuality } from "../../src/index.ts";

const variances = Float64Array.of(4, 1, 0.25);
const law = gaussian({
  size: 3,
  mean: Float64Array.of(1, 0, -1),
  covariance: { kind: "diagonal", variances },
});
const exact = exactDenoiser(law);
const levels = processLevels(vp(), [0.6, 0.3, 0.1], null);
const data = law.sample(4000, philoxNoise(1));

/** The denoiser whose score is `factor` times the true one. */
const scaled = (factor: number): Denoiser => ({
  shape: [3],
  predicts: "score",
  predict: async (x, level) => law.score(x, level).map((value) => factor * value),
});

describe("scoreQuality of a Gaussian", () => {
  test.each([1, 1.3, 0.5])("a score %d times the true one is the closed form", async (factor) => {
    const { at, kind, samples } = await scoreQuality({
      ...{ denoiser: scaled(factor), data, levels, reference: exact, seed: 2 },
    });
    expect({ kind, samples }).toEqual({ kind: "scoreQuality", samples: 4000 });
    for (const [k, { implicit, denoising, fisher }] of at.entries()) {
      const { alpha, sigma } = levels[k]!;
      // E|∇ ln p|² = Σ 1/(alpha² v + sigma²).
      const information = variances.reduce((sum, v) => sum + 1 / (alpha ** 2 * v + sigma ** 2), 0);
      const [own, distance] = [(0.5 * factor - 1) * factor, 0.5 * (factor - 1) ** 2];
      for (const found of [implicit, denoising])
        expect(Math.abs(found.value - own * information)).toBeLessThan(4 * found.standardError);
      expect(Math.abs(fisher!.value - distance * information)).toBeLessThan(
        4 * fisher!.standardError + 1e-12,
      );
      expect(implicit.standardError).toBeLessThan(0.1 * information);
    }
  });
});

test("random directions agree with the exact divergence, and without a reference there is no divergence to it", async () => {
  const mixture = gaussianMixture({
    weights: [1, 2],
    means: [new Float64Array(5).fill(1), new Float64Array(5).fill(-1)],
    covariances: [0.2, 0.4],
  });
  const run = {
    ...{ denoiser: exactDenoiser(mixture), data: mixture.sample(300, philoxNoise(3)) },
    levels: [levels[1]!],
  };
  const [all, sliced] = [await scoreQuality(run), await scoreQuality({ ...run, probes: 6 })];
  expect(all.at[0]!.fisher).toBeNull();
  const spread = Math.hypot(
    all.at[0]!.implicit.standardError,
    sliced.at[0]!.implicit.standardError,
  );
  expect(Math.abs(all.at[0]!.implicit.value - sliced.at[0]!.implicit.value)).toBeLessThan(
    3 * spread,
  );
});

test("names what is wrong", async () => {
  const run = (change: object) => scoreQuality({ denoiser: exact, data, levels, ...change });
  await expect(run({ data: data.subarray(1) })).rejects.toThrow("whole samples of 3 numbers");
  await expect(run({ probes: 0.5 })).rejects.toThrow('probes must be "exact"');
  await expect(run({ levels: [{ alpha: 1, sigma: 0, timestep: 0 }] })).rejects.toThrow("signal");
  const other = exactDenoiser(gaussianMixture({ weights: [1], means: [[0]], covariances: [1] }));
  await expect(run({ reference: other })).rejects.toThrow("reference must have samples of 3");
});
