import {
  CLEAN,
  discreteSchedule,
  gaussian,
  gaussianMixture,
  isotropic,
  levelAt,
  levelList,
  type NoiseLevel,
  philoxNoise,
  type Samples,
  torchNoise,
  vp,
} from "@symbreak/core";
import { describe, expect, test } from "vitest";
import type { Denoiser } from "../src/denoiser.ts";
import { exactDenoiser } from "../src/exact/exact-denoiser.ts";
import type { SampleOptions, SampleStep } from "../src/run.ts";
import { sample, sampleSteps } from "../src/sample.ts";
import { predictorCorrector } from "../src/sde/predictor-corrector.ts";
import { probabilityFlow } from "../src/sde/probability-flow.ts";
import { ddim } from "../src/solvers/ddim.ts";
import { ddpm } from "../src/solvers/ddpm.ts";
import { pndm } from "../src/solvers/pndm.ts";
import { gaussianLateStart } from "../src/start/gaussian-late-start.ts";
import { noiseStart } from "../src/start/noise-start.ts";
import { noisedStart } from "../src/start/noised-start.ts";
import { clip } from "../src/thresholding.ts";

const schedule = discreteSchedule();
const law = gaussianMixture({
  weights: [1, 2],
  means: [
    [1, 0, -1],
    [-1, 2, 0],
  ],
  covariances: [0.2, 0.1],
});
const moments = law.moments();
const denoiser = exactDenoiser(law);
const base = { denoiser, solver: ddim(), process: schedule, steps: 5 };

describe("sample", () => {
  const runs = {
    "DDPM from noise": { ...base, solver: ddpm() },
    "DDIM (eta = 1) from a late start": {
      ...base,
      solver: ddim({ eta: 1 }),
      start: gaussianLateStart(moments, 500),
    },
    PNDM: { ...base, solver: pndm(), start: gaussianLateStart(moments, 400) },
    "predictor–corrector": { ...base, solver: predictorCorrector() },
    "images noised half way": {
      ...base,
      solver: ddpm(),
      start: noisedStart(Float32Array.of(1, 0, -1, -1, 2, 0), levelAt(schedule, 300)),
    },
  };
  for (const [name, run] of Object.entries(runs))
    test(`gives a sample bit by bit the same in batches of 1, 7 and 64, and in any shard: ${name}`, async () => {
      const make = (extra: Partial<SampleOptions>) => sample({ ...run, seed: 5, ...extra });
      const whole = await make({ count: 70, batch: 64 });
      expect((await make({ count: 70, batch: 7 })).samples).toEqual(whole.samples);
      expect((await make({ count: 20, batch: 1 })).samples).toEqual(whole.samples.slice(0, 60));
      expect((await make({ first: 66, count: 4 })).samples).toEqual(whole.samples.slice(66 * 3));
    });

  test("differs between seeds and agrees for one, numbers and bigints alike", async () => {
    const [one, two, same] = [
      await sample({ ...base, seed: 1 }),
      await sample({ ...base, seed: 2 }),
      await sample({ ...base, seed: 1n }),
    ];
    expect(one.samples).toEqual(same.samples);
    expect(one.samples).not.toEqual(two.samples);
  });

  test("starts at the top from noise, at a timestep, at a level, or from any Start", async () => {
    const level = levelAt(schedule, 400);
    const by = async (start: Parameters<typeof sample>[0]["start"]) =>
      sample({ ...base, ...(start ? { start } : {}), seed: 3, count: 2 });
    expect((await by(undefined)).levels[0]!.timestep).toBe(800);
    expect(await by(noiseStart())).toEqual(await by(undefined));
    expect(await by(gaussianLateStart(moments, 400))).toEqual(
      await by(gaussianLateStart(moments, level)),
    );
    expect((await by(noiseStart(level))).levels.map(({ timestep }) => timestep)).toEqual([
      400, 300, 200, 100, 0, -1,
    ]);
    const mine = {
      name: "mine",
      at: level,
      begin: (_level: NoiseLevel, size: number) => (count: number) =>
        new Float64Array(size * count),
    };
    expect((await by(mine)).protocol.start).toEqual({ name: "mine", level, top: false });
  });

  test("ends where the levels end, with the samples of the last step", async () => {
    const { samples, levels } = await sample({ ...base, seed: 3, count: 2, precision: "float64" });
    let x: Samples = new Float64Array(6);
    philoxNoise(3)(x, 3, 0);
    for await (const step of ddim().walk(denoiser, x, levels)) x = step.x;
    expect(samples).toEqual(x);
    expect(samples).toBeInstanceOf(Float64Array);
    expect((await sample({ ...base, seed: 3 })).samples).toBeInstanceOf(Float32Array);
  });

  test("counts the network evaluations that were made, a sample", async () => {
    let calls = 0;
    const counted: Denoiser = {
      ...denoiser,
      predict: (x, level) => {
        calls++;
        return denoiser.predict(x, level);
      },
    };
    const { nfe } = await sample({
      ...base,
      denoiser: counted,
      solver: pndm(),
      steps: 5,
      count: 10,
      batch: 5,
    });
    expect(nfe).toBe(calls / 2);
    const process = vp();
    calls = 0;
    const adaptive = await sample({
      denoiser: counted,
      solver: probabilityFlow({ path: "process" }),
      process,
      steps: 2,
      count: 4,
    });
    expect(adaptive.nfe).toBe((calls - 1) / 4 + 1);
  });

  test("describes the run as plain JSON", async () => {
    const { protocol, nfe } = await sample({
      ...base,
      solver: ddim({ eta: 0.5 }),
      threshold: clip(3),
      start: gaussianLateStart(moments, 400),
      seed: 12345678901234567890n,
      count: 3,
    });
    expect(JSON.parse(JSON.stringify(protocol))).toEqual({
      network: null,
      process: {
        name: "discrete",
        kind: "linear",
        steps: 1000,
        betaStart: 1e-4,
        betaEnd: 0.02,
      },
      solver: { name: "ddim", settings: { eta: 0.5 } },
      grid: { name: "leading", settings: {} },
      start: { name: "late", level: levelAt(schedule, 400), top: false },
      condition: null,
      guidance: null,
      weak: null,
      threshold: { name: "clip", settings: { range: 3 } },
      table: false,
      steps: 5,
      nfe,
      count: 3,
      first: 0,
      batch: 64,
      seed: "12345678901234567890",
      shape: [3],
      precision: "float32",
    });
  });

  test("takes noise of the caller's, all samples in one batch", async () => {
    const { samples, protocol } = await sample({
      ...base,
      solver: ddim({ eta: 1 }),
      noise: torchNoise(0),
      count: 100,
      batch: 7,
    });
    expect(protocol.seed).toBeNull();
    expect(samples).toHaveLength(300);
    expect(
      (await sample({ ...base, solver: ddim({ eta: 1 }), noise: torchNoise(0), count: 100 }))
        .samples,
    ).toEqual(samples);
  });

  test("reports every step of every batch", async () => {
    const seen: SampleStep[] = [];
    await sample({ ...base, count: 5, batch: 2, first: 10, onStep: (step) => seen.push(step) });
    expect(seen.map(({ first, count, index, steps }) => [first, count, index, steps])).toEqual(
      [
        [10, 2],
        [12, 2],
        [14, 1],
      ].flatMap(([first, count]) => [1, 2, 3, 4, 5].map((index) => [first, count, index, 5])),
    );
  });

  test("stops between network calls when aborted", async () => {
    const controller = new AbortController();
    let steps = 0;
    const run = sample({
      ...base,
      count: 10,
      batch: 2,
      signal: controller.signal,
      onStep: () => {
        if (++steps === 7) controller.abort(new Error("enough"));
      },
    });
    await expect(run).rejects.toThrow("enough");
    expect(steps).toBe(7);
  });

  test("names solver, step and level when the network breaks", async () => {
    const broken: Denoiser = {
      ...denoiser,
      predict: async (x, level) => (level.timestep < 500 ? x.map(() => Number.NaN) : x),
    };
    await expect(sample({ ...base, denoiser: broken })).rejects.toThrow(
      /ddim: .*finite.*step 3 of 5.*timestep 400.*NaN/,
    );
    const short: Denoiser = { ...denoiser, predict: async (x) => x.subarray(1) };
    await expect(sample({ ...base, denoiser: short })).rejects.toThrow(
      /ddim: .*must return 3 numbers.*step 1 of 5.*timestep 800.*got 2/,
    );
  });

  test("says what is wrong with its settings", async () => {
    const fails = (extra: object, message: string) =>
      expect(sample({ ...base, ...extra })).rejects.toThrow(message);
    await fails({ count: 0 }, "sample: count must be an integer, at least 1, got 0");
    await fails({ batch: 1.5 }, "batch must be an integer");
    await fails({ first: -1 }, "first must be an integer, at least 0");
    await fails({ seed: 1, noise: philoxNoise(1) }, "seed and noise must not both be given");
    await fails(
      { precision: "float16" },
      'precision must be "float32" or "float64", got "float16"',
    );
    await fails(
      {
        start: gaussianLateStart(
          gaussian({ size: 2, mean: new Float64Array(2), covariance: isotropic(1) }).moments,
          400,
        ),
      },
      "gaussianLateStart: moments must be of 3 values, got 2",
    );
    const grid = levelList([levelAt(schedule, 400), CLEAN]);
    await expect(
      sample({ denoiser, solver: ddim(), grid, start: gaussianLateStart(moments, 400) }),
    ).rejects.toThrow(
      "sample: a place given as a time needs a process; give a NoiseLevel, got 400",
    );
  });
});

test("sampleSteps streams the same run, batch after batch", async () => {
  const run = { ...base, count: 5, batch: 3, seed: 2 };
  const { samples } = await sample(run);
  const ends: number[] = [];
  for await (const { x, index, steps } of sampleSteps(run)) if (index === steps) ends.push(...x);
  expect(Float32Array.from(ends)).toEqual(samples);
});
