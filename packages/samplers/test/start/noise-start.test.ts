import { CLEAN, discreteSchedule, levelAt, philoxNoise } from "@symbreak/core";
import { expect, test } from "vitest";
import { noiseStart } from "../../src/start/noise-start.ts";

test("noiseStart is N(0, I) wherever the process shrinks the signal, also late", () => {
  const z = new Float64Array(6);
  philoxNoise(3)(z, 3, 0);
  for (const level of [levelAt(discreteSchedule(), 999), levelAt(discreteSchedule(), 100)])
    expect(noiseStart().begin(level, 3)(2, philoxNoise(3))).toEqual(z);
});

test("noiseStart is N(0, sigma² I) where it does not", () => {
  const z = new Float64Array(6);
  philoxNoise(3)(z, 3, 0);
  const level = { alpha: 1, sigma: 80, timestep: 1 };
  expect(noiseStart().begin(level, 3)(2, philoxNoise(3))).toEqual(z.map((value) => 80 * value));
});

test("noiseStart says what is wrong", () => {
  expect(() => noiseStart().begin(CLEAN, 3)).toThrow(
    "noiseStart: level.sigma must be positive, got 0",
  );
  expect(() => noiseStart().begin({ alpha: 1, sigma: 1, timestep: 0 }, 0)).toThrow(
    "size must be a positive integer",
  );
});
