import {
  discreteSchedule,
  gaussian,
  gaussianMixture,
  isotropic,
  levelAt,
  philoxNoise,
} from "@symbreak/core";
import { describe, expect, test } from "vitest";
import type { Denoiser } from "../../src/denoiser.ts";
import { exactDenoiser } from "../../src/exact/exact-denoiser.ts";
import { affineScoreTest } from "../../src/start/affine-score-test.ts";

const schedule = discreteSchedule();
const grid = Array.from({ length: 20 }, (_, k) => levelAt(schedule, Math.min(999, 1000 - 50 * k)));

describe("affineScoreTest", () => {
  test("finds a Gaussian's score affine at every level", async () => {
    const law = gaussian({
      size: 2,
      mean: Float64Array.of(1, -2),
      covariance: { kind: "diagonal", variances: Float64Array.of(4, 0.1) },
    });
    for (const data of [law.sample(32, philoxNoise(1)), undefined])
      for (const { lossRatio, scoreDistance, nonGaussian } of await affineScoreTest({
        denoiser: exactDenoiser(law),
        moments: law.moments,
        levels: grid,
        data,
      })) {
        expect(lossRatio ?? 1).toBeCloseTo(1, 10);
        expect(scoreDistance).toBeLessThan(1e-20);
        expect(nonGaussian).toBeLessThan(1e-20);
      }
  });

  test("integrates the distance of two deltas' denoiser, tanh(x alpha/sigma²), from the linear one", async () => {
    const law = gaussianMixture({ weights: [1, 1], means: [[1], [-1]], covariances: [0, 0] });
    const levels = grid.filter(({ timestep }) => timestep >= 100);
    const tests = await affineScoreTest({
      denoiser: exactDenoiser(law),
      moments: law.moments(),
      levels,
      data: law.sample(20000, philoxNoise(1)),
    });
    // By quadrature over z, in y = x/alpha = 1 + r z: (y/(1 + r²) − tanh(y/r²))² / (1 + r²).
    const speed = (r: number) => {
      let sum = 0;
      for (let z = -8; z <= 8; z += 0.01) {
        const y = 1 + r * z;
        sum +=
          ((0.01 * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI)) *
          (y / (1 + r * r) - Math.tanh(y / (r * r))) ** 2;
      }
      return Math.sqrt(sum / (1 + r * r));
    };
    let distance = 0;
    for (const [i, { nonGaussian, level }] of tests.entries()) {
      if (i > 0) {
        const [above, here] = [tests[i - 1]!.level, level].map(
          ({ alpha, sigma }) => sigma / alpha,
        ) as [number, number];
        distance += 0.5 * (speed(above) + speed(here)) * Math.log(above / here);
      }
      expect(nonGaussian).toBeCloseTo(distance ** 2, 2);
    }
    expect(distance).toBeGreaterThan(0.3);
  });

  test("reports the loss against the best linear predictor's: 1 when the network is that predictor", async () => {
    const law = gaussianMixture({ weights: [1, 1], means: [[1], [-1]], covariances: [0, 0] });
    const standard = gaussian({ size: 1, mean: new Float64Array(1), covariance: isotropic(1) });
    const data = law.sample(64, philoxNoise(1));
    const run = { moments: law.moments(), levels: grid, data };
    for (const { lossRatio } of await affineScoreTest({
      ...run,
      denoiser: exactDenoiser(standard),
    }))
      expect(lossRatio).toBeCloseTo(1, 10);
    const exact = await affineScoreTest({ ...run, denoiser: exactDenoiser(law) });
    expect(exact.at(-1)!.lossRatio!).toBeLessThan(0.01);
    expect(exact[0]!.lossRatio!).toBeCloseTo(1, 3);
  });

  test("asks the network once a level, with the whole batch", async () => {
    const law = gaussianMixture({
      weights: [1, 1],
      means: [
        [1, 0],
        [-1, 0],
      ],
      covariances: [0.1, 0.2],
    });
    const sizes: number[] = [];
    const exact = exactDenoiser(law);
    const watched: Denoiser = {
      ...exact,
      predict: (x, level) => {
        sizes.push(x.length);
        return exact.predict(x, level);
      },
    };
    await affineScoreTest({ denoiser: watched, moments: law.moments(), levels: grid, count: 10 });
    expect(sizes).toEqual(new Array(20).fill(20));
    const data = new Float64Array(3);
    await expect(
      affineScoreTest({ denoiser: exact, moments: law.moments(), levels: grid, data }),
    ).rejects.toThrow("affineScoreTest: data must hold whole samples of 2 values, got 3");
  });
});
