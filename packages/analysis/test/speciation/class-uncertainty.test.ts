import {
  classEntropy,
  classSignal,
  cloningProbability,
  discreteSchedule,
  gaussianMixture,
  type NoiseLevel,
  ou,
  philoxNoise,
  type Samples,
} from "@symbreak/core";
import { expect, test } from "vitest";
import { classUncertainty } from "../../src/index.ts";

const mixture = gaussianMixture({
  weights: [0.7, 0.3],
  means: [[1.5], [-1.5]],
  covariances: [0.25, 0.25],
});
const count = 4000;
// As many of each class as the weights say: component 0 first.
const samples = Float64Array.of(
  ...mixture.conditional([0]).sample(0.7 * count, philoxNoise(1)),
  ...mixture.conditional([1]).sample(0.3 * count, philoxNoise(2)),
);
const labels = Array.from({ length: count }, (_, i) => (i < 0.7 * count ? 0 : 1));
const posterior = (x: Samples, level: NoiseLevel) => mixture.posterior(x, level);
const ouTimes = [0.1, 0.4, 0.8, 1.5, 4];

test("entropy, cross-entropy and phi of two Gaussian classes are the closed forms", async () => {
  const { curve, classes } = await classUncertainty({
    samples,
    size: 1,
    posterior,
    labels,
    ouTimes,
  });
  expect(classes).toBe(2);
  expect(curve.map(({ ouTime }) => ouTime)).toEqual([...ouTimes].reverse());
  for (const { ouTime, entropy, crossEntropy, phi } of curve) {
    const kappa = classSignal(1.5, 0.5, ou().level(ouTime));
    for (const [found, exact] of [
      [entropy, classEntropy(kappa, 0.7)],
      [crossEntropy!, classEntropy(kappa, 0.7)],
      [phi, cloningProbability(kappa, 0.7)],
    ] as const) {
      const half = Math.max((found.high - found.low) / 2, 1e-3);
      expect(Math.abs(found.value - exact)).toBeLessThan(2 * half);
      expect(half).toBeLessThan(0.02);
    }
    expect(entropy.bits).toBeCloseTo(entropy.value / Math.LN2, 14);
  }
});

test("a posterior that is too sure of itself lowers its entropy, but not the cross-entropy", async () => {
  const sure = (x: Samples, level: NoiseLevel) => {
    const p = mixture.posterior(x, level);
    return Array.from(p, (value, i) => value ** 3 / (value ** 3 + p[i ^ 1]! ** 3));
  };
  const [{ entropy, crossEntropy }] = (
    await classUncertainty({ samples, size: 1, posterior: sure, labels, ouTimes: [1] })
  ).curve as [Awaited<ReturnType<typeof classUncertainty>>["curve"][number]];
  const exact = classEntropy(classSignal(1.5, 0.5, ou().level(1)), 0.7);
  expect(entropy.value).toBeLessThan(0.8 * exact);
  expect(crossEntropy!.low).toBeGreaterThan(exact);
});

test("the posterior is told the index of the chain, whole where it is, −1 beyond its end", async () => {
  const schedule = discreteSchedule();
  const told: number[] = [];
  const spy = (x: Samples, level: NoiseLevel) => {
    told.push(level.timestep);
    return mixture.posterior(x, level);
  };
  const at = -0.5 * Math.log(schedule.alphaBars[300]!);
  const { curve } = await classUncertainty({
    ...{ samples: samples.subarray(0, 5), size: 1, posterior: spy },
    ouTimes: [at, 6],
  });
  expect(told).toEqual([-1, 300]);
  expect(curve.map(({ ddpmIndex }) => ddpmIndex)).toEqual([null, 300]);
});

test("one sample gives a result; bad probabilities, labels and times an error", async () => {
  const one = { samples: samples.subarray(0, 1), size: 1, posterior, ouTimes: [1] };
  expect((await classUncertainty(one)).samples).toBe(1);
  const refused = (change: object, message: string) =>
    expect(classUncertainty({ ...one, ...change })).rejects.toThrow(message);
  await refused({ posterior: () => [0.5, 0.6] }, "the probabilities of sample 0 must sum to one");
  await refused({ posterior: () => [Number.NaN, 1] }, "must sum to one");
  await refused({ labels: [0, 1] }, "labels must be one a sample, got 2");
  await refused({ labels: [2] }, "labels must be classes 0 … 1, got 2");
  await refused({ ouTimes: [] }, "ouTimes must list finite times above 0");
  await refused({ size: 2 }, "samples must be whole ones of 2 numbers");
});
