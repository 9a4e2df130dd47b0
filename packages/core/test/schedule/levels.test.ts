import fc from "fast-check";
import { expect, test } from "vitest";
import {
  CLEAN,
  discreteSchedule,
  levelAt,
  levelOfSigma,
  levels,
  noiseToSignal,
  sigmaAt,
  timesteps,
} from "../../src/index.ts";

const schedule = discreteSchedule();

test("an integer timestep has alpha² = alphaBar and alpha² + sigma² = 1", () => {
  const { alpha, sigma, timestep } = levelAt(schedule, 292);
  expect(alpha).toBeCloseTo(0.6430128, 7);
  expect(alpha ** 2 + sigma ** 2).toBeCloseTo(1, 15);
  expect(timestep).toBe(292);
});

test("a float32 table's numbers come back from the level's squares", () => {
  const single = discreteSchedule({ precision: "float32" });
  for (let t = 0; t < 1000; t++) {
    const { alpha, sigma } = levelAt(single, t);
    expect(Math.fround(alpha * alpha)).toBe(single.alphaBars[t]);
    expect(Math.fround(sigma * sigma)).toBe(Math.fround(1 - single.alphaBars[t]!));
  }
});

test("between timesteps sigma/alpha is linear; −1 is clean", () => {
  const between = noiseToSignal(levelAt(schedule, 500.25));
  expect(between).toBeCloseTo(0.75 * sigmaAt(schedule, 500) + 0.25 * sigmaAt(schedule, 501), 14);
  expect(noiseToSignal(levelAt(schedule, -0.5))).toBeCloseTo(0.5 * sigmaAt(schedule, 0), 15);
  expect(levelAt(schedule, -1)).toBe(CLEAN);
});

test("noise descends along any descending timesteps, down to clean", () => {
  const list = fc.uniqueArray(fc.double({ min: 0, max: 999, noNaN: true }), {
    minLength: 1,
    maxLength: 40,
  });
  fc.assert(
    fc.property(list, (given) => {
      const descending = given.sort((a, b) => b - a);
      const found = levels(schedule, descending);
      expect(found).toHaveLength(given.length + 1);
      expect(found.at(-1)).toBe(CLEAN);
      for (let i = 1; i < found.length; i++)
        expect(noiseToSignal(found[i]!)).toBeLessThanOrEqual(noiseToSignal(found[i - 1]!));
    }),
  );
});

test("a run may end elsewhere, or with the last timestep", () => {
  const end = levelAt(schedule, 0);
  expect(levels(schedule, timesteps("trailing", 4), end).at(-1)).toBe(end);
  expect(levels(schedule, [10, 5], null)).toHaveLength(2);
});

test("zero terminal SNR: alpha is 0 there, and sigma/alpha diffusers' 4096", () => {
  const zero = discreteSchedule({ zeroTerminalSnr: true });
  expect(levelAt(zero, 999)).toEqual({ alpha: 0, sigma: 1, timestep: 999 });
  expect(sigmaAt(zero, 999)).toBeCloseTo(4095.9998779, 7);
  expect(levelOfSigma(Number.POSITIVE_INFINITY, 999)).toEqual({
    alpha: 0,
    sigma: 1,
    timestep: 999,
  });
});

test("timesteps outside the chain or not descending are refused", () => {
  expect(() => levelAt(schedule, 1000)).toThrow(/levelAt: timestep must lie in \[0, 999\]/);
  expect(() => levelAt(schedule, -2)).toThrow(/got -2/);
  expect(() => levelAt(schedule, Number.NaN)).toThrow(/got NaN/);
  expect(() => levels(schedule, [5, 5])).toThrow(/timesteps must strictly descend/);
});
