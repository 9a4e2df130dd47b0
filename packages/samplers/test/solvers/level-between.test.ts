import { CLEAN, discreteSchedule, levelAt, timestepOfSigma } from "@symbreak/core";
import { expect, test } from "vitest";
import { levelOfRatio, levelOfTimestep } from "../../src/index.ts";
import { evenLevels, exploding } from "./runs.ts";

const SCHEDULE = discreteSchedule();
const TABLE = Array.from({ length: 1000 }, (_, i) => levelAt(SCHEDULE, 999 - i));

test("a level of the table comes back by timestep and by ratio", () => {
  const level = levelAt(SCHEDULE, 321);
  expect(levelOfTimestep(TABLE, 321)).toEqual(level);
  const found = levelOfRatio(TABLE, level.sigma / level.alpha);
  expect(found.timestep).toBeCloseTo(321, 9);
  expect(found.alpha).toBeCloseTo(level.alpha, 12);
});

test("between levels the timestep is linear in the logarithm of sigma, as in diffusers", () => {
  for (const ratio of [0.02, 0.5, 3.3, 90]) {
    const found = levelOfRatio(TABLE, ratio);
    expect(found.timestep).toBeCloseTo(timestepOfSigma(SCHEDULE, ratio), 9);
    expect(found.sigma / found.alpha).toBeCloseTo(ratio, 12);
    expect(found.alpha ** 2 + found.sigma ** 2).toBeCloseTo(1, 12);
    const back = levelOfTimestep(TABLE, found.timestep);
    expect(back.sigma / back.alpha).toBeCloseTo(ratio, 9);
  }
});

test("beyond the table the timestep stays at its end", () => {
  expect(levelOfRatio(TABLE, 1e4).timestep).toBe(999);
  expect(levelOfRatio(TABLE, 1e-4).timestep).toBe(0);
  expect(levelOfRatio([...TABLE, CLEAN], 1e-4).timestep).toBe(0);
});

test("exploding levels stay exploding", () => {
  const table = exploding(evenLevels(4));
  expect(levelOfRatio(table, 1.7)).toMatchObject({ alpha: 1, sigma: 1.7 });
});
