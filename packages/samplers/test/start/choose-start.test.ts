import {
  CLEAN,
  discreteSchedule,
  gaussian,
  gaussianMixture,
  karrasSigmas,
  levelAt,
  levelList,
  levelRule,
  type NoiseLevel,
  philoxNoise,
  trailing,
  ve,
} from "@symbreak/core";
import { describe, expect, test } from "vitest";
import type { Denoiser } from "../../src/denoiser.ts";
import { exactDenoiser } from "../../src/exact/exact-denoiser.ts";
import { sample } from "../../src/sample.ts";
import { ddim } from "../../src/solvers/ddim.ts";
import { heun } from "../../src/solvers/heun.ts";
import { affineScoreTest } from "../../src/start/affine-score-test.ts";
import { type ChosenStart, chooseStart } from "../../src/start/choose-start.ts";
import { gaussianLateStart } from "../../src/start/gaussian-late-start.ts";
import { noiseStart } from "../../src/start/noise-start.ts";
import { productOfMixtures } from "./product-of-mixtures.ts";

const schedule = discreteSchedule();
const data = productOfMixtures([2, 1.2, 0.7, 0.4]);
const clean = data.sample(256, 3);
const candidates = [100, 200, 300, 400, 500, 800];

const nameOf = ({ start }: ChosenStart): string =>
  start.name === "noise" && start.at === undefined ? "noise from the top" : start.name;

describe("chooseStart", () => {
  test("on Gaussian data starts as late as it may: nothing is lost", async () => {
    const law = gaussian({
      size: 3,
      mean: Float64Array.of(1, -1, 0.5),
      covariance: { kind: "diagonal", variances: Float64Array.of(25, 1, 0.01) },
    });
    for (const steps of [3, 10]) {
      const chosen = await chooseStart({
        moments: law.moments,
        denoiser: exactDenoiser(law),
        solver: ddim(),
        process: schedule,
        steps,
        data: law.sample(64, philoxNoise(1)),
      });
      expect(nameOf(chosen)).toBe("late");
      expect(chosen.at.timestep).toBe(50);
      expect(chosen.chosen).toBe(chosen.late);
      for (const { nonGaussian, lossRatio, scoreDistance } of chosen.estimates) {
        expect(nonGaussian).toBeLessThan(1e-20);
        expect(lossRatio).toBeCloseTo(1, 12);
        expect(scoreDistance).toBeLessThan(1e-20);
      }
    }
  });

  test("on two deltas at ±1 finds that the Gaussian brings nothing, and takes noise", async () => {
    const law = gaussianMixture({ weights: [1, 1], means: [[1], [-1]], covariances: [0, 0] });
    const run = {
      moments: law.moments(),
      denoiser: exactDenoiser(law),
      solver: ddim(),
      process: schedule,
      data: law.sample(256, philoxNoise(1)),
    };
    for (const steps of [3, 5, 10]) {
      const chosen = await chooseStart({ ...run, steps });
      expect(nameOf(chosen)).toBe("noise");
      expect(chosen.chosen).toMatchObject({ start: "noise", at: chosen.at });
      const totals = chosen.estimates.filter((e) => e.start === "late").map((e) => e.total);
      expect(chosen.late).toMatchObject({ start: "late", total: Math.min(...totals) });
      expect(chosen.reason).toMatch(/the Gaussian brings nothing over noise on the same grid/);
      // On an identical grid the two are one start.
      for (const at of candidates) {
        const [noise, late] = ["noise", "late"].map((start) =>
          chosen.estimates.find((e) => e.start === start && e.at.timestep === at),
        );
        expect(late!.total / noise!.total).toBeCloseTo(1, 9);
      }
    }
    const top = await chooseStart({ ...run, steps: 10, candidates: [900, 999] });
    expect(nameOf(top)).toBe("noise from the top");
    expect(top.reason).toMatch(
      /^Noise from the top: a Gaussian late start is predicted to bring nothing/,
    );
  });

  test("moves down as steps get fewer", async () => {
    const run = {
      moments: data.moments,
      denoiser: data.denoiser,
      process: schedule,
      data: clean,
    };
    for (const eta of [0, 1]) {
      const at = [];
      for (const steps of [3, 10, 50])
        at.push((await chooseStart({ ...run, solver: ddim({ eta }), steps })).at.timestep);
      expect(at).toEqual([...at].sort((a, b) => a - b));
      expect(at[2]! - at[0]!).toBeGreaterThanOrEqual(150);
    }
  });

  for (const eta of [0, 1])
    for (const steps of [3, 5])
      test(`picks a start that really is among the best: mixtures, DDIM eta ${eta}, ${steps} steps`, async () => {
        const run = { denoiser: data.denoiser, solver: ddim({ eta }), process: schedule, steps };
        const chosen = await chooseStart({
          ...run,
          moments: data.moments,
          data: clean,
          candidates,
        });
        const count = 1000;
        const errorFrom = async (at: number | "noise") => {
          const start = at === "noise" ? noiseStart() : gaussianLateStart(data.moments, at);
          const made = await sample({
            ...run,
            start,
            count,
            seed: 4,
            batch: count,
            precision: "float64",
          });
          return data.squaredW2(made.samples);
        };
        const errors = new Map<number, number>();
        for (const at of candidates) errors.set(at, await errorFrom(at));
        const found = errors.get(chosen.at.timestep)!;
        expect(found).toBeLessThan(1.5 * Math.min(...errors.values()));
        expect(found).toBeLessThan(0.4 * (await errorFrom("noise")));
        // The estimate is a number to go by, not only a rank.
        const estimate = chosen.estimates.find(
          (e) => e.start === "late" && e.at === chosen.at,
        )!.total;
        expect(estimate / found).toBeGreaterThan(0.6);
        expect(estimate / found).toBeLessThan(1.7);
      });

  test("weighs a network that is worse than the Gaussian at high noise as no loss", async () => {
    const poor: Denoiser = {
      ...data.denoiser,
      predict: async (x, level) => {
        const right = await data.denoiser.predict(x, level);
        return level.timestep > 500 ? right.map((value) => value + 1.5) : right;
      },
    };
    const run = { moments: data.moments, solver: ddim(), process: schedule, steps: 5, candidates };
    const withData = await chooseStart({ ...run, denoiser: poor, data: clean });
    const sound = await chooseStart({ ...run, denoiser: data.denoiser, data: clean });
    expect(withData.at).toEqual(sound.at);
    expect(withData.estimates.find(({ at }) => at.timestep === 800)!.lossRatio).toBeGreaterThan(1);
    // Without data it cannot tell the network's error from the data's shape, and stays higher.
    const without = await chooseStart({ ...run, denoiser: poor });
    expect(without.at.timestep).toBeGreaterThan(sound.at.timestep);
  });

  test("needs no data where the network is sound", async () => {
    const run = {
      moments: data.moments,
      denoiser: data.denoiser,
      solver: ddim(),
      process: schedule,
      steps: 5,
    };
    const blind = await chooseStart(run);
    const seeing = await chooseStart({ ...run, data: clean });
    expect(Math.abs(blind.at.timestep - seeing.at.timestep)).toBeLessThanOrEqual(50);
    expect(blind.estimates.every(({ lossRatio }) => lossRatio === null)).toBe(true);
    expect(blind.calls).toBe(20);
  });

  test("one test serves many runs, and chooses as each run's own", async () => {
    const { moments, denoiser } = data;
    const network = { moments, denoiser, process: schedule, data: clean, candidates };
    const tops = [900, 800, 666];
    const levels = [...new Set([...candidates, ...tops])]
      .sort((a, b) => b - a)
      .map((timestep) => levelAt(schedule, timestep));
    const tests = await affineScoreTest({ moments, denoiser, data: clean, levels });
    for (const steps of [10, 5, 3]) {
      const run = { ...network, solver: ddim(), steps };
      const chosen = await chooseStart({ ...run, tests });
      expect(chosen.at.timestep).toBe((await chooseStart(run)).at.timestep);
      expect(chosen.calls).toBe(0);
    }
    const poor = { ...network, solver: ddim(), steps: 3, tests: tests.slice(1, 4) };
    await expect(chooseStart(poor)).rejects.toThrow("tests must be made at every candidate");
  });

  test("works on a VE process and on an EDM grid", async () => {
    const run = {
      moments: data.moments,
      denoiser: data.denoiser,
      solver: heun(),
      data: clean,
      steps: 4,
    };
    const exploding = await chooseStart({ ...run, process: ve({ sigmaMax: 80 }) });
    expect(nameOf(exploding)).toBe("late");
    const karras = (steps: number, from: NoiseLevel | undefined) => [
      ...Array.from(
        karrasSigmas(steps, { sigmaMin: 0.002, sigmaMax: from?.sigma ?? 80 }),
        (sigma) => ({ alpha: 1, sigma, timestep: Math.log(sigma) / 4 }),
      ),
      CLEAN,
    ];
    const edm = await chooseStart({ ...run, grid: levelRule(karras) });
    expect(nameOf(edm)).toBe("late");
    expect(edm.at.sigma).toBeLessThan(20);
    expect(edm.at.sigma).toBeGreaterThan(0.3);
  });

  test("takes a schedule whose top has no signal at all", async () => {
    const zero = discreteSchedule({ zeroTerminalSnr: true });
    const run = { moments: data.moments, denoiser: data.denoiser, solver: ddim(), data: clean };
    const chosen = await chooseStart({ ...run, process: zero, grid: trailing(), steps: 4 });
    expect(nameOf(chosen)).not.toBe("noise from the top");
    expect(chosen.estimates[0]!.at.alpha).toBe(0);
    expect(chosen.estimates.every(({ total }) => total > 0 && total < 1e3)).toBe(true);
  });

  test("says what is wrong with its candidates", async () => {
    const run = { moments: data.moments, denoiser: data.denoiser, solver: ddim(), steps: 10 };
    await expect(chooseStart({ ...run, process: schedule, candidates: [5] })).rejects.toThrow(
      "chooseStart: candidates must leave room for 10 steps",
    );
    const walk = [levelAt(schedule, 500), levelAt(schedule, 100), CLEAN];
    await expect(chooseStart({ ...run, grid: levelList(walk), candidates: [5] })).rejects.toThrow(
      "chooseStart: a place given as a time needs a process; give a NoiseLevel, got 5",
    );
  });
});
