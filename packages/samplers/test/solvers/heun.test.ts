import { CLEAN } from "@symbreak/core";
import { expect, test } from "vitest";
import { heun, kdpm2 } from "../../src/index.ts";
import { finalStep, gaussianDenoiser } from "./runs.ts";

const level = (sigma: number) => ({ alpha: 1, sigma, timestep: sigma });
const slope = (x: number, sigma: number) => (x * sigma) / (3 + sigma ** 2);
const run = (solver: typeof heun | typeof kdpm2, end = level(2)) =>
  finalStep(solver().walk(gaussianDenoiser(0, 3), Float64Array.of(2), [level(4), end]));

test("a Heun step averages the slopes at both ends", async () => {
  const first = slope(2, 4);
  const second = slope(2 - 2 * first, 2);
  const { x, nfe } = await run(heun);
  expect(x[0]).toBeCloseTo(2 - (first + second), 14);
  expect(nfe).toBe(2);
});

test("a KDPM2 step takes the slope at the geometric mean", async () => {
  const middle = Math.sqrt(8);
  const halfway = 2 + (middle - 4) * slope(2, 4);
  const { x, nfe } = await run(kdpm2);
  expect(x[0]).toBeCloseTo(2 - 2 * slope(halfway, middle), 14);
  expect(nfe).toBe(2);
});

test.for([heun, kdpm2])(
  "$name takes the step to clean data at first order, in one call",
  async (solver) => {
    const { x, denoised, nfe } = await run(solver, CLEAN);
    expect(x[0]).toBeCloseTo((2 * 3) / 19, 14);
    expect(denoised[0]).toBeCloseTo(x[0]!, 14);
    expect(nfe).toBe(1);
  },
);
