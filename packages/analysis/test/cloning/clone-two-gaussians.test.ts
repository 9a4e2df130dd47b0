import { gaussianMixture, ou, philoxNoise } from "@symbreak/core";
import { exactDenoiser, predictorCorrector } from "@symbreak/samplers";
import { expect, test } from "vitest";
import { twoGaussiansDenoiser } from "../../src/cloning/two-gaussians-denoiser.ts";
import { cloneTwoGaussians, cloning } from "../../src/index.ts";

test.each([256, 1024, 4096, 16_384])(
  "in %d dimensions phi is 0.775 at ½ ln d, by 10,000 simulated clones, and the closed form around it",
  async (size) => {
    const centre = 0.5 * Math.log(size);
    const { phi } = await cloneTwoGaussians({
      size,
      ouTimes: [centre - 0.5, centre, centre + 0.5],
      steps: 100,
      from: 8,
      seed: 1,
    });
    expect(Math.abs(phi[1]!.value - 0.775)).toBeLessThan(0.01);
    for (const { value, exact, low, high } of phi) {
      expect(high - low).toBeLessThan(0.02);
      expect(Math.abs(value - exact)).toBeLessThan(1.5 * (high - low));
    }
  },
);

test("the authors' own simulation in 256 dimensions is met within both errors", async () => {
  const { phi } = await cloneTwoGaussians({
    size: 256,
    ouTimes: [2, 2.5, 3, 3.5],
    steps: 300,
    seed: 2,
  });
  const saved = [0.5925, 0.7012, 0.862, 0.9775];
  phi.forEach(({ value }, k) => {
    const error = Math.sqrt((2 * value * (1 - value)) / 10_000);
    expect(Math.abs(value - saved[k]!)).toBeLessThan(3.5 * error);
  });
});

test("a run in d dimensions, projected on m, is the run in one, noise by noise", async () => {
  const size = 9;
  const mean = 3;
  const mixture = gaussianMixture({
    weights: [1, 1],
    means: [new Array(size).fill(1), new Array(size).fill(-1)],
    covariances: [1, 1],
  });
  const process = ou({ tMin: 0.1, tMax: 6 });
  const levels = Array.from({ length: 60 }, (_, i) => process.level(6 - i / 10));
  const solver = predictorCorrector({ predictor: "eulerMaruyama", correctorSteps: 0 });
  const noise = philoxNoise(3);
  const projected = (rows: ArrayLike<number>) =>
    Float64Array.from({ length: rows.length / size }, (_, n) => {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += rows[n * size + i]!;
      return sum / mean;
    });
  const start = new Float64Array(5 * size);
  noise(start, size, 0);
  const along = (out: Float32Array | Float64Array, _: number, draw: number) => {
    const z = new Float64Array(5 * size);
    noise(z, size, draw);
    out.set(projected(z));
  };
  const full = solver.walk(exactDenoiser(mixture), start, levels, { process, noise });
  const line = solver.walk(twoGaussiansDenoiser({ mean, deviation: 1 }), projected(start), levels, {
    process,
    noise: along,
  });
  for await (const { x } of full) {
    const { value } = await line.next();
    projected(x).forEach((coordinate, n) => {
      expect(coordinate).toBeCloseTo(value!.x[n]!, 9);
    });
  }
});

test("clones in 16 dimensions in earnest agree with those of the one coordinate", async () => {
  const size = 16;
  const mixture = gaussianMixture({
    weights: [1, 1],
    means: [new Array(size).fill(1), new Array(size).fill(-1)],
    covariances: [1, 1],
  });
  const process = ou({ tMin: 0.05, tMax: 6 });
  const ouTimes = [1, 1.4, 2];
  const earnest = await cloning({
    ...{ denoiser: exactDenoiser(mixture), process, steps: 120 },
    solver: predictorCorrector({ predictor: "eulerMaruyama", correctorSteps: 0 }),
    classify: (x, count) => ({
      labels: Int32Array.from({ length: count }, (_, n) => {
        const row = Float64Array.from(x.subarray(n * size, (n + 1) * size));
        return row.reduce((sum, value) => sum + value) > 0 ? 1 : 0;
      }),
    }),
    ...{ ouTimes, count: 1500, batch: 500, seed: 4 },
  });
  const reduced = await cloneTwoGaussians({
    ...{ size, ouTimes: earnest.phi.map(({ ouTime }) => ouTime), steps: 120, from: 6, seed: 5 },
  });
  earnest.phi.forEach(({ value, low, high }, k) => {
    const error = Math.hypot(high - low, reduced.phi[k]!.high - reduced.phi[k]!.low) / 4;
    expect(Math.abs(value - reduced.phi[k]!.value)).toBeLessThan(3.5 * error);
  });
});

test("the crossing lies at ½ ln d and its interval holds it; strangers agree by chance", async () => {
  const found = await cloneTwoGaussians({ size: 1024, trajectories: 2000, steps: 100, seed: 6 });
  const { crossing, speciation, strangers, nfe, classShares } = found;
  expect(Math.abs(crossing!.ouTime - speciation.ouTime)).toBeLessThan(0.08);
  expect(crossing!.high - crossing!.low).toBeLessThan(0.3);
  expect(strangers).toBeCloseTo(0.5, 2);
  expect(classShares).toHaveLength(2);
  expect(nfe).toBeGreaterThan(100);
  expect(JSON.parse(JSON.stringify(found))).toEqual(found);
});

test("wrong arguments are named", async () => {
  await expect(cloneTwoGaussians({ size: 0 })).rejects.toThrow("size must be a positive integer");
  await expect(cloneTwoGaussians({ size: 4, deviation: 0 })).rejects.toThrow("deviation must be");
  await expect(cloneTwoGaussians({ size: 4, ouTimes: [11] })).rejects.toThrow("times in (0, 10]");
});
