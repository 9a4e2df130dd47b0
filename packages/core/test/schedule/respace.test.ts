import fc from "fast-check";
import { expect, test } from "vitest";
import { discreteSchedule, respace, respacedTimesteps } from "../../src/index.ts";

test("sections keep their first and last timestep: 10, 15 and 20 of 300", () => {
  const kept = respacedTimesteps(300, "10,15,20").reverse();
  expect(kept).toHaveLength(45);
  expect(kept.slice(0, 10)).toEqual([0, 11, 22, 33, 44, 55, 66, 77, 88, 99]);
  expect([kept[10], kept[24], kept[25], kept[44]]).toEqual([100, 199, 200, 299]);
  expect(respacedTimesteps(300, [10, 15, 20])).toEqual(respacedTimesteps(300, "10,15,20"));
});

test("a plain count spans the chain; sections of an uneven chain differ by one", () => {
  expect(respacedTimesteps(1000, 5)).toEqual([999, 749, 500, 250, 0]);
  expect(respacedTimesteps(7, "2,2")).toEqual([6, 4, 3, 0]);
  expect(respacedTimesteps(10, 1)).toEqual([0]);
});

test("ddimN is the smallest integer stride that gives N", () => {
  expect(respacedTimesteps(1000, "ddim5")).toEqual([800, 600, 400, 200, 0]);
  expect(respacedTimesteps(1000, "ddim3")).toEqual([668, 334, 0]);
  expect(() => respacedTimesteps(1000, "ddim600")).toThrow(
    /integer stride over 1000 steps, got 600/,
  );
});

test("the respaced chain has the same alphaBars where it keeps steps", () => {
  const schedule = discreteSchedule({ kind: "cosine", steps: 4000 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), (count) => {
      const kept = respacedTimesteps(4000, count);
      const { alphaBars, betas } = respace(schedule, kept);
      kept.toReversed().forEach((timestep, i) => {
        expect(alphaBars[i]).toBe(schedule.alphaBars[timestep]);
        const product = betas.subarray(0, i + 1).reduce((left, beta) => left * (1 - beta), 1);
        expect(Math.abs(product - alphaBars[i]!)).toBeLessThan(1e-13);
      });
    }),
    { numRuns: 30 },
  );
});

test("impossible sections are refused", () => {
  expect(() => respacedTimesteps(10, "6,6")).toThrow(/each section must keep 1 to 5 steps/);
  expect(() => respacedTimesteps(10, "a")).toThrow(/respacedTimesteps/);
  expect(() => respacedTimesteps(10, "ddimx")).toThrow(/respacedTimesteps/);
  expect(() => respace(discreteSchedule(), [5, 5])).toThrow(/timesteps must descend/);
  expect(() => respace(discreteSchedule(), [1000])).toThrow(/within the schedule/);
});
