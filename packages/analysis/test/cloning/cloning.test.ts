import {
  discreteSchedule,
  gaussianMixture,
  levelAt,
  mixtureCloning,
  ou,
  philoxNoise,
} from "@symbreak/core";
import { ddpm, exactDenoiser } from "@symbreak/samplers";
import { expect, test } from "vitest";
import { cloneAgreements, cloning } from "../../src/index.ts";

/** Four overlapping classes in the plane. */
const mixture = gaussianMixture({
  weights: [4, 3, 2, 1],
  means: [
    [2, 0],
    [-2, 0.5],
    [0, 2],
    [0.3, -1.5],
  ],
  covariances: [0.3, 0.5, 0.2, 0.6],
});
const schedule = discreteSchedule();
const run = {
  ...{
    denoiser: exactDenoiser(mixture),
    solver: ddpm({ variance: "fixedSmall" }),
    process: schedule,
    steps: 100,
    batch: 1000,
    seed: 2,
  },
};
const posterior = (x: Float32Array | Float64Array) => ({
  probabilities: mixture.classPosterior(x, { alpha: 1, sigma: 0 }, [0, 1, 2, 3]),
});

test("of any number of classes phi is E Σ p², by clones judged by the exact posterior", async () => {
  const found = await cloning({
    ...run,
    ouTimes: [0.2, 0.5, 0.9, 1.5],
    count: 2000,
    classify: posterior,
  });
  expect(found.interval).toBe("bootstrap");
  for (const { ouTime, value, low, high } of found.phi) {
    const exact = mixtureCloning(mixture, ou().level(ouTime), {
      count: 20_000,
      noise: philoxNoise(9),
    });
    const error = Math.hypot((high - low) / 4, exact.standardError);
    expect(error).toBeLessThan(0.014);
    expect(Math.abs(value - exact.mean)).toBeLessThan(4 * error);
  }
  found.classShares.forEach((share, k) => {
    expect(share).toBeCloseTo([0.4, 0.3, 0.2, 0.1][k]!, 1);
  });
  expect(found.phi[0]!.ddpmIndex).toBe(Math.round(found.phi[0]!.ddpmIndex!));
  expect(found.phi[0]!.ouTime).toBeCloseTo(
    -Math.log(levelAt(schedule, found.phi[0]!.ddpmIndex!).alpha),
    9,
  );
});

test("more clones a trajectory say the same with less scatter", async () => {
  const options = { ...run, steps: 60, ouTimes: [0.7], count: 500, classify: posterior };
  const [two, five] = [await cloning(options), await cloning({ ...options, clones: 5 })];
  const [p, q] = [two.phi[0]!, five.phi[0]!];
  expect(Math.abs(p.value - q.value)).toBeLessThan(p.high - p.low);
  expect(q.high - q.low).toBeLessThan(p.high - p.low);
  expect(five.nfe).toBe(60 + 2.5 * (two.nfe - 60));
});

test("shards put together are the whole", async () => {
  const options = { ...run, steps: 20, ouTimes: [0.5, 1], classify: posterior };
  const whole = await cloneAgreements({ ...options, count: 10 });
  const parts = [
    await cloneAgreements({ ...options, count: 4, batch: 3 }),
    await cloneAgreements({ ...options, first: 4, count: 6 }),
  ];
  expect(whole.agreements.map((row) => [...row])).toEqual(
    whole.agreements.map((_, k) => parts.flatMap(({ agreements }) => agreements[k]!)),
  );
  expect(parts[0]!.evaluations + parts[1]!.evaluations).toBe(whole.evaluations);
});

test("a classifier that answers for fewer samples, or a network that breaks, is an error", async () => {
  const options = { ...run, steps: 5, ouTimes: [1], count: 2 };
  await expect(cloning({ ...options, classify: () => ({ labels: [1] }) })).rejects.toThrow(
    "classify must return 4 labels",
  );
  const broken = { ...run.denoiser, predict: async () => new Float64Array(4).fill(Number.NaN) };
  await expect(cloning({ ...options, denoiser: broken, classify: posterior })).rejects.toThrow(
    "finite numbers",
  );
});
