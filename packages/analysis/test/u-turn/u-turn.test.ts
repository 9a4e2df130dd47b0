import {
  classSignal,
  cloningProbability,
  discreteSchedule,
  gaussian,
  gaussianMixture,
  isotropic,
  ou,
  philoxNoise,
  type Samples,
} from "@symbreak/core";
import { ddim, ddpm, exactDenoiser } from "@symbreak/samplers";
import { expect, test } from "vitest";
import { uTurn } from "../../src/index.ts";

const mixture = gaussianMixture({
  weights: [1, 1],
  means: [
    [2, 1],
    [-2, -1],
  ],
  covariances: [0.2, 0.2],
});
const classify = (x: Samples) => ({
  labels: Int32Array.from({ length: x.length / 2 }, (_, n) =>
    2 * x[2 * n]! + x[2 * n + 1]! > 0 ? 1 : 0,
  ),
});
const schedule = discreteSchedule();
const run = {
  ...{ denoiser: exactDenoiser(mixture), solver: ddpm(), process: schedule, steps: 200, classify },
  ...{ data: mixture.sample(1500, philoxNoise(1)), seed: 2, batch: 500 },
};

test("the share that comes back in its class is E Σ p², the cloning probability", async () => {
  const { curve, nfe } = await uTurn({ ...run, ouTimes: [0.3, 0.8, 1.2, 3] });
  for (const { ouTime, returned } of curve) {
    const exact = cloningProbability(classSignal(Math.sqrt(5), Math.sqrt(0.2), ou().level(ouTime)));
    const half = (returned.high - returned.low) / 2;
    expect(half).toBeLessThan(0.03);
    expect(Math.abs(returned.value - exact)).toBeLessThan(2 * half);
  }
  expect(nfe).toBe(curve.reduce((sum, { steps }) => sum + steps, 0));
  expect(curve[0]!.ouTime).toBeGreaterThan(curve[3]!.ouTime);
});

test("of Gaussian data the overlap is what the noise leaves of the start", async () => {
  const [size, n] = [80, 200];
  const law = gaussian({ size, mean: new Float64Array(size), covariance: isotropic(2) });
  const { curve } = await uTurn({
    ...{ denoiser: exactDenoiser(law), solver: ddpm(), process: schedule, steps: 250, seed: 1 },
    ...{
      data: law.sample(n, philoxNoise(5)),
      mean: new Float64Array(size),
      ouTimes: [0.2, 0.6, 1.2],
    },
    classify: (x) => ({ labels: new Int32Array(x.length / size) }),
  });
  for (const { ouTime, overlap, returned } of curve) {
    // Corr(x_0, x_0') = Cov(x_0, E[x_0 | x_t])/λ = alpha² λ/(alpha² λ + sigma²).
    const { alpha, sigma } = ou().level(ouTime);
    const exact = (2 * alpha ** 2) / (2 * alpha ** 2 + sigma ** 2);
    expect(Math.abs(overlap!.value - exact)).toBeLessThan(0.02);
    expect(returned.value).toBe(1);
  }
});

test("results do not depend on the batch, and a deterministic solver turns as well", async () => {
  const options = { ...run, data: run.data.subarray(0, 20), steps: 20, ouTimes: [0.5, 1] };
  expect(await uTurn({ ...options, batch: 3 })).toEqual(await uTurn({ ...options, batch: 20 }));
  const { curve } = await uTurn({ ...options, solver: ddim() });
  expect(curve.at(-1)!.returned.value).toBeGreaterThan(0.9);
});

test("labels of the starts may be given, and probabilities count in shares", async () => {
  const options = { ...run, data: run.data.subarray(0, 40), steps: 20, ouTimes: [0.2] };
  const wrong = Array.from(classify(options.data).labels, (label) => 1 - label);
  expect((await uTurn({ ...options, labels: wrong })).curve[0]!.returned.value).toBeLessThan(0.1);
  const soft = (x: Samples) => ({ probabilities: mixture.posterior(x, { alpha: 1, sigma: 0 }) });
  const { returned } = (await uTurn({ ...options, classify: soft })).curve[0]!;
  expect(returned.value).toBeGreaterThan(0.9);
});

test("one sample has no overlap about its own mean; no sample and wrong sizes are errors", async () => {
  const options = { ...run, steps: 10, ouTimes: [1] };
  const { curve } = await uTurn({ ...options, data: run.data.subarray(0, 2) });
  expect(curve[0]!.overlap).toBeNull();
  for (const length of [0, 3])
    await expect(uTurn({ ...options, data: run.data.subarray(0, length) })).rejects.toThrow(
      `uTurn: data must hold whole samples of 2 numbers, got ${length}`,
    );
  await expect(uTurn({ ...options, ouTimes: [0] })).rejects.toThrow("uTurn: ouTimes");
});

test("late features go with the class, early ones with the pixels; patches change together there", async () => {
  // Images of 4 × 4 whose sign is the class: a wide mode, and noise of their own in every pixel.
  const shape = [1, 4, 4];
  const law = gaussianMixture({
    weights: [1, 1],
    means: [new Float64Array(16).fill(1), new Float64Array(16).fill(-1)],
    covariances: [0.15, 0.15],
  });
  const total = (x: Samples, n: number) => Array.from(x.subarray(16 * n, 16 * n + 16)).reduce(add);
  const { curve, peak } = await uTurn({
    ...{ denoiser: exactDenoiser(law, shape), solver: ddpm(), process: schedule, steps: 100 },
    ...{ data: law.sample(300, philoxNoise(1)), seed: 2, patch: 1 },
    ouTimes: [0.2, 0.8, 1.4, 3.5],
    classify: (x, count) => ({
      labels: Int32Array.from({ length: count }, (_, n) => (total(x, n) > 0 ? 1 : 0)),
    }),
    layers: [
      { name: "early", of: (x) => x.map((value) => (Math.abs(value) > 1 ? 1 : 0)) },
      {
        name: "late",
        of: (x, count) => Float64Array.from({ length: count }, (_, n) => Math.sign(total(x, n))),
      },
    ],
  });
  const at = (name: string) =>
    curve.map(({ layers }) => layers.find((layer) => layer.name === name)!.similarity!.value);
  const [early, late] = [at("early"), at("late")];
  // Near the data the class is safe while details are gone already; far from it nothing is left.
  expect(late[3]!).toBeGreaterThan(0.99);
  expect(early[3]!).toBeLessThan(0.9);
  expect(Math.abs(late[0]!)).toBeLessThan(0.2);
  for (const { susceptibility } of curve) expect(susceptibility!.value).toBeGreaterThan(0.5);
  // All patches flip as one where the class is lost: χ nears their number.
  expect(curve[0]!.susceptibility!.value).toBeGreaterThan(8);
  expect(curve[3]!.susceptibility!.value).toBeLessThan(3);
  expect(peak!.ouTime).toBeGreaterThan(0.7);
});

test("without layers and patches there is none of it", async () => {
  const { curve, peak } = await uTurn({ ...run, data: run.data.subarray(0, 20), ouTimes: [0.8] });
  expect(curve[0]).toMatchObject({ layers: [], susceptibility: null });
  expect(peak).toBeNull();
});

const add = (a: number, b: number) => a + b;
