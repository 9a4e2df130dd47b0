import {
  CLEAN,
  type NoiseLevel,
  type Process,
  processLevels,
  subVp,
  timeGrid,
  ve,
  vp,
} from "@symbreak/core";
import { describe, expect, test } from "vitest";
import { ancestral } from "../../src/sde/ancestral.ts";
import { eulerMaruyama } from "../../src/sde/euler-maruyama.ts";
import { PREDICTORS, type PredictorName } from "../../src/sde/predictor.ts";
import { predictorCorrector } from "../../src/sde/predictor-corrector.ts";
import { reverseDiffusion } from "../../src/sde/reverse-diffusion.ts";
import { gaussianResponse } from "../../src/start/gaussian-response.ts";

const processes = { ve: ve(), vp: vp(), subVp: subVp() };

describe("reverseDiffusion", () => {
  test("of VE is x + (sigma_i² − sigma_{i−1}²) s + √(sigma_i² − sigma_{i−1}²) z", () => {
    const [from, to] = [processes.ve.level(0.6), processes.ve.level(0.5)];
    const gap = from.sigma ** 2 - to.sigma ** 2;
    const step = reverseDiffusion(from, to);
    expect(step.ofState).toBe(1);
    expect(step.ofScore).toBeCloseTo(gap, 12);
    expect(step.ofNoise).toBeCloseTo(Math.sqrt(gap), 12);
  });

  test("of VP is (2 − √(1 − beta)) x + beta s + √beta z", () => {
    const beta = 0.03;
    const to: NoiseLevel = { alpha: 0.6, sigma: 0.8, timestep: 1 };
    const alpha = 0.6 * Math.sqrt(1 - beta);
    const step = reverseDiffusion({ alpha, sigma: Math.sqrt(1 - alpha ** 2), timestep: 2 }, to);
    expect(step.ofState).toBeCloseTo(2 - Math.sqrt(1 - beta), 14);
    expect(step.ofScore).toBeCloseTo(beta, 14);
    expect(step.ofNoise).toBeCloseTo(Math.sqrt(beta), 14);
  });
});

describe("ancestral", () => {
  test("of VE has mean x + (s_i² − s_{i−1}²) s and deviation √(s_{i−1}²(s_i² − s_{i−1}²)/s_i²)", () => {
    const [from, to] = [processes.ve.level(0.6), processes.ve.level(0.5)];
    const gap = from.sigma ** 2 - to.sigma ** 2;
    const step = ancestral(from, to);
    expect(step.ofState).toBe(1);
    expect(step.ofScore).toBeCloseTo(gap, 12);
    expect(step.ofNoise).toBeCloseTo(Math.sqrt((to.sigma ** 2 * gap) / from.sigma ** 2), 12);
  });

  test("to clean data is the denoiser's estimate, x + sigma² s", () => {
    const step = ancestral(processes.ve.level(0.1), CLEAN);
    expect(step.ofScore).toBeCloseTo(processes.ve.sigma(0.1) ** 2, 14);
    expect(step.ofNoise).toBe(0);
  });
});

test("eulerMaruyama is x + (f x − g² s) dt + g √−dt z", () => {
  for (const process of Object.values(processes)) {
    const step = eulerMaruyama(process)(process.level(0.7), process.level(0.69));
    const g = process.diffusion(0.7);
    expect(step.ofState).toBeCloseTo(1 - 0.01 * process.drift(0.7), 10);
    expect(step.ofScore / (0.01 * g * g)).toBeCloseTo(1, 10);
    expect(step.ofNoise / (g * 0.1)).toBeCloseTo(1, 10);
  }
});

/** Mean and variance of samples of N(1, lambda) with n steps, exactly. */
async function response(
  process: Process,
  predictor: PredictorName,
  n: number,
  lambda: number,
): Promise<{ mean: number; ratio: number }> {
  const levels = processLevels(process, timeGrid(process, n), null);
  const solver = predictorCorrector({ predictor, correctorSteps: 0 });
  const run = { solver, process, levels, start: "late" } as const;
  const { mean, variance } = await gaussianResponse({ ...run, mean: [1], variances: [lambda] });
  const end = levels.at(-1)!;
  return {
    mean: mean[0]! / end.alpha,
    ratio: variance[0]! / (end.alpha ** 2 * lambda + end.sigma ** 2),
  };
}

describe("on Gaussian data", () => {
  for (const law of Object.keys(PREDICTORS) as PredictorName[])
    for (const process of Object.values(processes))
      test(`${law} of ${process.name} reaches the end level's mean and variance, to first order in the step`, async () => {
        for (const lambda of [4, 0.25]) {
          const coarse = await response(process, law, 200, lambda);
          const fine = await response(process, law, 400, lambda);
          for (const part of ["mean", "ratio"] as const) {
            const [before, after] = [Math.abs(coarse[part] - 1), Math.abs(fine[part] - 1)];
            expect(before).toBeLessThan(0.07);
            if (before > 1e-12) expect(after / before).toBeLessThan(0.54);
          }
        }
      });

  test("reverseDiffusion of VE follows its variance recursion to rounding", async () => {
    const levels = processLevels(processes.ve, timeGrid(processes.ve, 30), null);
    const lambda = 2;
    let variance = lambda + levels[0]!.sigma ** 2;
    for (const [i, level] of levels.slice(0, -1).entries()) {
      const gap = level.sigma ** 2 - levels[i + 1]!.sigma ** 2;
      variance = (1 - gap / (lambda + level.sigma ** 2)) ** 2 * variance + gap;
    }
    const end = levels.at(-1)!;
    const { ratio } = await response(processes.ve, "reverseDiffusion", 30, lambda);
    expect(ratio / (variance / (lambda + end.sigma ** 2))).toBeCloseTo(1, 12);
  });
});
