import {
  CLEAN,
  exponentialSigmas,
  gaussianMixture,
  type NoiseLevel,
  philoxNoise,
  philoxUniform,
  type Samples,
} from "@symbreak/core";
import { describe, expect, test } from "vitest";
import { exactDenoiser } from "../../src/exact/exact-denoiser.ts";
import { type AnnealedLangevinOptions, annealedLangevin } from "../../src/sde/annealed-langevin.ts";
import type { Step } from "../../src/solver.ts";
import { gaussianResponse } from "../../src/start/gaussian-response.ts";

const exploding = (sigma: number): NoiseLevel => ({ alpha: 1, sigma, timestep: sigma });

async function collect(steps: AsyncIterable<Step>): Promise<Step[]> {
  const all: Step[] = [];
  for await (const step of steps) all.push(step);
  return all;
}

describe("annealedLangevin", () => {
  test("has rho^{2k} var_0 + 2h (1 − rho^{2k})/(1 − rho²) after k steps on Gaussian data, rho = 1 − h/v", async () => {
    const [lambda, sigma, h, k] = [2, 0.5, 0.3, 7];
    const v = lambda + sigma ** 2;
    const rho = 1 - h / v;
    // Two visits of one level: 2k steps from pure noise of variance sigma².
    const { variance } = await gaussianResponse({
      solver: annealedLangevin({ stepSize: h, stepsPerLevel: k }),

      levels: [exploding(sigma), exploding(sigma)],
      mean: [0],
      variances: [lambda],
      start: "noise",
    });
    const kept = rho ** (4 * k);
    expect(variance[0]!).toBeCloseTo(kept * sigma ** 2 + (2 * h * (1 - kept)) / (1 - rho ** 2), 12);
  });

  test("settles at variance v/(1 − h/(2v)), with h = stepSize (sigma/sigma_last)² at every level", async () => {
    const levels = [exploding(3), exploding(1)];
    const run = {
      solver: annealedLangevin({ stepSize: 0.2, stepsPerLevel: 200 }),
      levels,
      mean: [0],
      variances: [1.5],
      start: "noise",
    } as const;
    const { variance } = await gaussianResponse(run);
    expect(variance[0]!).toBeCloseTo(2.5 / (1 - 0.2 / 5), 9);
    const [first] = await collect(
      annealedLangevin({ stepSize: 0.2, stepsPerLevel: 1 }).walk(
        exactDenoiser(gaussianMixture({ weights: [1], means: [[0]], covariances: [1.5] })),
        Float64Array.of(2),
        levels,
        { noise: (out) => out.fill(0) },
      ),
    );
    expect(first!.x[0]!).toBeCloseTo(2 - ((0.2 * 9) / (1.5 + 9)) * 2, 12);
  });

  test("adds NCSNv2's denoising x + sigma² s where the levels end clean, and nothing where they do not", async () => {
    const law = gaussianMixture({ weights: [1], means: [[1]], covariances: [2] });
    const solver = annealedLangevin({ stepSize: 0.01, stepsPerLevel: 3 });
    const noise = philoxNoise(1);
    const noisy = [exploding(1), exploding(0.5)];
    const ends = async (levels: NoiseLevel[]) =>
      collect(solver.walk(exactDenoiser(law), Float64Array.of(0.3), levels, { noise }));
    const plain = (await ends(noisy)).at(-1)!;
    const denoised = (await ends([...noisy, CLEAN])).at(-1)!;
    expect(plain.nfe).toBe(6);
    expect(denoised.nfe).toBe(7);
    expect(denoised.level).toBe(CLEAN);
    const score = law.score(plain.x, { alpha: 1, sigma: 0.5 })[0]!;
    expect(denoised.x[0]!).toBeCloseTo(plain.x[0]! + 0.25 * score, 12);
  });

  test("is the same algorithm in x/alpha at variance-preserving levels", async () => {
    const law = gaussianMixture({
      weights: [1, 2],
      means: [
        [1, 0],
        [-1, 1],
      ],
      covariances: [0.2, 0.1],
    });
    const sigmas = [2, 1, 0.5];
    const preserving = sigmas.map((s) => ({
      alpha: 1 / Math.hypot(1, s),
      sigma: s / Math.hypot(1, s),
      timestep: s,
    }));
    const start = Float64Array.of(1, 2);
    const run = async (levels: NoiseLevel[]) => {
      const x = start.map((value) => value * levels[0]!.alpha);
      const solver = annealedLangevin({ stepSize: 0.01, stepsPerLevel: 4 });
      const noise = philoxNoise(1);
      return (await collect(solver.walk(exactDenoiser(law), x, [...levels, CLEAN], { noise }))).at(
        -1,
      )!.x;
    };
    const [a, b] = [await run(sigmas.map(exploding)), await run(preserving)];
    for (const i of [0, 1]) expect(b[i]!).toBeCloseTo(a[i]!, 12);
  });

  // The toy check of ermongroup/ncsn: mixture 0.8/0.2 at ±(5, 5), started uniformly in [−8, 8]².
  test("finds the weights of two far modes, where plain Langevin dynamics does not", async () => {
    const law = gaussianMixture({
      weights: [0.8, 0.2],
      means: [
        [5, 5],
        [-5, -5],
      ],
      covariances: [0, 0],
    });
    const count = 300;
    const share = async (levels: NoiseLevel[], stepsPerLevel: number) => {
      const x: Samples = new Float64Array(2 * count);
      philoxUniform(3)(x, 2, 0);
      const start = x.map((u) => 16 * u - 8);
      const solver = annealedLangevin({ stepSize: 0.1, stepsPerLevel });
      const noise = philoxNoise(3);
      const { x: end } = (
        await collect(solver.walk(exactDenoiser(law), start, levels, { noise }))
      ).at(-1)!;
      let plus = 0;
      for (let n = 0; n < count; n++) if (end[2 * n]! + end[2 * n + 1]! > 0) plus++;
      return plus / count;
    };
    const binomial = Math.sqrt((0.8 * 0.2) / count);
    const annealed = await share(
      Array.from(exponentialSigmas(10, { sigmaMin: 1, sigmaMax: 20 }), exploding),
      30,
    );
    expect(Math.abs(annealed - 0.8)).toBeLessThan(4 * binomial);
    expect(Math.abs((await share([exploding(1), exploding(1)], 150)) - 0.8)).toBeGreaterThan(
      6 * binomial,
    );
  });

  test("says what is wrong with its settings", async () => {
    const denoiser = exactDenoiser(
      gaussianMixture({ weights: [1], means: [[0]], covariances: [1] }),
    );
    const run = (settings: AnnealedLangevinOptions) =>
      collect(
        annealedLangevin(settings).walk(denoiser, new Float64Array(1), [exploding(1), CLEAN]),
      );
    expect(() => run({ stepSize: 0 })).toThrow(
      "annealedLangevin: stepSize must be positive, got 0",
    );
    expect(() => run({ stepsPerLevel: 1.5 })).toThrow("stepsPerLevel must be a positive integer");
    await expect(run({})).rejects.toThrow("noise must be given");
  });
});
