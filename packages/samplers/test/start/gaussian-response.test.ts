import {
  discreteSchedule,
  gaussian,
  levels,
  philoxNoise,
  type Samples,
  timesteps,
} from "@symbreak/core";
import { describe, expect, test } from "vitest";
import { exactDenoiser } from "../../src/exact/exact-denoiser.ts";
import { ddim } from "../../src/solvers/ddim.ts";
import { ddpm } from "../../src/solvers/ddpm.ts";
import { gaussianResponse } from "../../src/start/gaussian-response.ts";

const schedule = discreteSchedule();

/** Mean and variance/lambda of samples of N(1, lambda), on the grid ⌊linspace(0, from, n)⌋. */
async function run(
  eta: number,
  n: number,
  lambda: number,
  start: "noise" | "late",
  from: number,
): Promise<[number, number]> {
  const grid = levels(schedule, timesteps("late", n, { start: from }));
  const { mean, variance } = await gaussianResponse({
    solver: ddim({ eta }),

    levels: grid,
    mean: [1],
    variances: [lambda],
    start,
  });
  return [mean[0]!, variance[0]! / lambda];
}

/** The vanilla start of the paper for n steps. */
const TOP: Record<number, number> = { 3: 666, 5: 800, 10: 900 };

describe("gaussianResponse with the real DDIM and DDPM (eta = 1) gives the table of late start on Gaussian data", () => {
  // eta, n, lambda, vanilla mean, vanilla variance/lambda, and variance/lambda of the Gaussian start at 400, 500, 600.
  for (const [eta, n, lambda, mean, vanilla, ...late] of [
    [0, 3, 25, 0.6885, 0.3533, 0.9229, 0.8093, 0.6004],
    [0, 3, 1, 0.9472, 0.254, 0.5189, 0.3983, 0.3048],
    [0, 5, 25, 0.8582, 0.5332, 0.9599, 0.8965, 0.7729],
    [0, 5, 1, 0.9734, 0.4681, 0.7297, 0.6478, 0.5785],
    [0, 5, 0.01, 0.9991, 0.0542, 0.1354, 0.101, 0.0793],
    [0, 10, 25, 0.9298, 0.7303, 0.9818, 0.9521, 0.8921],
    [0, 10, 1, 0.9863, 0.6917, 0.8706, 0.8269, 0.7878],
    [1, 3, 25, 0.7827, 0.2428, 0.8747, 0.7099, 0.4485],
    [1, 5, 25, 0.9636, 0.3872, 0.9085, 0.7825, 0.5866],
    [1, 5, 1, 0.9985, 0.3613, 0.5659, 0.4928, 0.44],
    [1, 10, 25, 0.9933, 0.5909, 0.9472, 0.8728, 0.7581],
  ] as const)
    test(`eta ${eta}, n = ${n}, lambda = ${lambda}`, async () => {
      const [noiseMean, noiseVariance] = await run(eta, n, lambda, "noise", TOP[n]!);
      expect(noiseMean).toBeCloseTo(mean, 4);
      expect(noiseVariance).toBeCloseTo(vanilla, 4);
      for (const [i, at] of [400, 500, 600].entries()) {
        const [lateMean, lateVariance] = await run(eta, n, lambda, "late", at);
        expect(lateMean).toBeCloseTo(1, 12);
        expect(lateVariance).toBeCloseTo(late[i]!, 4);
      }
    });

  test("the whole chain: DDIM .70852, .96915, .99690 and eta = 1 .56087, .94384, .99422", async () => {
    for (const [eta, expected] of [
      [0, [0.70852, 0.96915, 0.9969]],
      [1, [0.56087, 0.94384, 0.99422]],
    ] as const)
      for (const [i, n] of [10, 100, 1000].entries())
        expect((await run(eta, n, 25, "late", 999))[1]).toBeCloseTo(expected[i]!, 5);
  }, 60_000);

  test("without the Gaussian at 400: mean 0.083 to 0.14 and variance 0.16 to 0.24, the cliff", async () => {
    for (const n of [3, 5, 10]) {
      const [mean, variance] = await run(0, n, 25, "noise", 400);
      expect(mean).toBeGreaterThan(0.082);
      expect(mean).toBeLessThan(0.145);
      expect(variance).toBeGreaterThan(0.155);
      expect(variance).toBeLessThan(0.245);
    }
  });
});

test("gaussianResponse of DDIM is the cosine law, to rounding", async () => {
  for (const lambda of [25, 1, 0.01]) {
    const grid = levels(schedule, [700, 450, 200, 10]);
    const angles = grid.map(({ alpha, sigma }) => Math.atan2(alpha * Math.sqrt(lambda), sigma));
    const law = angles
      .slice(1)
      .reduce((product, angle, i) => product * Math.cos(angle - angles[i]!) ** 2, 1);
    const { variance } = await gaussianResponse({
      solver: ddim(),
      levels: grid,
      mean: [0],
      variances: [lambda],
      start: "late",
    });
    expect(variance[0]! / lambda / law).toBeCloseTo(1, 12);
  }
});

test("gaussianResponse agrees with the spread of many samples", async () => {
  const grid = levels(schedule, [600, 300, 0]);
  const { variance, mean } = await gaussianResponse({
    solver: ddpm(),
    levels: grid,
    mean: [0.5],
    variances: [2],
    start: "noise",
  });
  const law = gaussian({
    size: 1,
    mean: Float64Array.of(0.5),
    covariance: { kind: "diagonal", variances: Float64Array.of(2) },
  });
  const count = 20000;
  let x: Samples = new Float64Array(count);
  philoxNoise(7)(x, 1, 0);
  for await (const step of ddpm().walk(exactDenoiser(law), x, grid, { noise: philoxNoise(7) }))
    x = step.x;
  const centre = Array.from(x).reduce((sum, value) => sum + value, 0) / count;
  const spread = Array.from(x).reduce((sum, value) => sum + (value - centre) ** 2, 0) / count;
  expect(Math.abs(centre - mean[0]!)).toBeLessThan(4 * Math.sqrt(variance[0]! / count));
  expect(Math.abs(spread / variance[0]! - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
});

test("gaussianResponse wants as many means as variances", async () => {
  const run = gaussianResponse({
    solver: ddim(),
    levels: levels(schedule, [5]),
    mean: [0],
    variances: [1, 2],
    start: "noise",
  });
  await expect(run).rejects.toThrow(
    "gaussianResponse: mean and variances must be as many, got [1, 2]",
  );
});
