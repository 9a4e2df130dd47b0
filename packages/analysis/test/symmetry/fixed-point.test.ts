import { empirical, type Landscape, philoxNoise, twoGaussiansFixedPoints } from "@symbreak/core";
import { exactDenoiser } from "@symbreak/samplers";
import { describe, expect, test } from "vitest";
import { fixedPointNear } from "../../src/index.ts";
import { axisGaussian, twoGaussianDenoiser } from "./laws.ts";
import { vpLevel } from "./levels.ts";

const size = 5;
const along = (x: Float64Array) => x.reduce((sum, value) => sum + value, 0) / Math.sqrt(size);

describe("fixedPointNear", () => {
  test.each<[Landscape, number, number | undefined]>([
    ["potential", 0.6, undefined],
    ["potential", 0.6, 0.3],
    ["density", 0.7, undefined],
    ["drift", 0.8, undefined],
  ])("finds the wells and the barrier of the %s of two Gaussians", async (landscape, a, weight) => {
    const pair = { mean: 1.2, deviation: 0.5, ...(weight !== undefined && { weight }) };
    const { denoiser } = twoGaussianDenoiser(pair, size);
    const known = twoGaussiansFixedPoints(pair, a, landscape);
    expect(known).toHaveLength(3);
    for (const { x } of known) {
      const start = new Float64Array(size).fill((x + 0.02) / Math.sqrt(size));
      const found = await fixedPointNear(denoiser, start, vpLevel(a), {
        landscape,
        tolerance: 1e-11,
      });
      expect(found.converged).toBe(true);
      expect(along(found.x)).toBeCloseTo(x, 8);
    }
  });

  test("of Gaussian data it solves (½ − 1/C) of the distance to the mean, stable or not", async () => {
    const variances = [9, 1, 0.1];
    const mean = [1, -2, 0.5];
    for (const a of [0.01, 0.3, 0.9]) {
      const { x } = await fixedPointNear(
        exactDenoiser(axisGaussian(variances, mean)),
        mean.map((value) => Math.sqrt(a) * value) as unknown as Float64Array,
        vpLevel(a),
        { tolerance: 1e-11 },
      );
      variances.forEach((variance, i) => {
        const c = a * variance + 1 - a;
        // −x/2 + (x − alpha mu)/c = 0
        expect(x[i]).toBeCloseTo((Math.sqrt(a) * mean[i]!) / (1 - 0.5 * c), 6);
      });
    }
  });

  test("a network in single precision, with its Jacobian by differences, comes as near as it can", async () => {
    const data = new Float32Array(20 * 8);
    philoxNoise(4)(data, 8, 0);
    const exact = exactDenoiser(empirical(data, 8));
    const rounded = {
      ...exact,
      predict: async (...given: Parameters<typeof exact.predict>) =>
        Float32Array.from(await exact.predict(...given)),
    };
    const level = vpLevel(0.3);
    const start = new Float64Array(8);
    const fine = await fixedPointNear(exact, start, level, { tolerance: 1e-12 });
    const coarse = await fixedPointNear(rounded, start, level);
    expect(coarse.converged).toBe(true);
    for (let i = 0; i < 8; i++) expect(coarse.x[i]).toBeCloseTo(fine.x[i]!, 4);
  });

  test("what does not converge says so", async () => {
    const { denoiser } = twoGaussianDenoiser({ mean: 1.2, deviation: 0.5 }, size);
    const start = new Float64Array(size).fill(0.3);
    const { converged, residual, steps } = await fixedPointNear(denoiser, start, vpLevel(0.6), {
      most: 1,
      tolerance: 1e-12,
    });
    expect({ converged, steps }).toEqual({ converged: false, steps: 1 });
    expect(residual).toBeGreaterThan(1e-12);
  });

  test("levels must preserve the variance", async () => {
    const { denoiser } = twoGaussianDenoiser({ mean: 1, deviation: 0.5 }, 2);
    const level = { alpha: 1, sigma: 2, timestep: 0 };
    await expect(async () => fixedPointNear(denoiser, new Float64Array(2), level)).rejects.toThrow(
      "alpha² + sigma² = 1",
    );
    expect(() => fixedPointNear(denoiser, new Float64Array(3), vpLevel(0.5))).toThrow(
      "start must be one sample of 2 values",
    );
  });
});
