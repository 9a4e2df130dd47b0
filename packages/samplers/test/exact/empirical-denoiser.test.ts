import {
  discreteSchedule,
  empirical,
  levelAt,
  type Multiply,
  multiply,
  philoxNoise,
} from "@symbreak/core";
import { expect, test } from "vitest";
import { empiricalDenoiser } from "../../src/exact/empirical-denoiser.ts";
import { exactDenoiser } from "../../src/exact/exact-denoiser.ts";

const data = new Float32Array(50 * 6);
philoxNoise(1)(data, 6, 0);
const schedule = discreteSchedule();

test("empiricalDenoiser agrees with the exact empirical law to single precision", async () => {
  const law = empirical(data, 6);
  for (const index of [20, 300, 900]) {
    const level = levelAt(schedule, index);
    const x = Float32Array.from(law.sample(8, philoxNoise(2), level));
    const own = await empiricalDenoiser(data, [1, 2, 3]).predict(x, level);
    const exact = await exactDenoiser(law).predict(x, level);
    for (const [i, value] of own.entries()) expect(Math.abs(value - exact[i]!)).toBeLessThan(1e-5);
  }
});

test("empiricalDenoiser sends its products through the caller's multiply", async () => {
  let products = 0;
  const counted: Multiply = (a, b, shape) => {
    products++;
    return multiply(a, b, shape);
  };
  const level = levelAt(schedule, 300);
  const x = new Float32Array(12);
  const own = await empiricalDenoiser(data, [6], { multiply: counted }).predict(x, level);
  expect(products).toBeGreaterThanOrEqual(2);
  expect(own).toEqual(await empiricalDenoiser(data, [6]).predict(x, level));
});

test("empiricalDenoiser wants whole samples of data", () => {
  expect(() => empiricalDenoiser(data, [7])).toThrow(
    "empiricalDenoiser: data must hold whole samples of 7 values, got 300",
  );
});
