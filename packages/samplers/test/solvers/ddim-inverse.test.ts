import { CLEAN, discreteSchedule, levelAt } from "@symbreak/core";
import { expect, test } from "vitest";
import { ddim, ddimInverse } from "../../src/index.ts";
import { finalSamples, finalStep, mixtureDenoiser } from "./runs.ts";

const UP = Array.from({ length: 500 }, (_, k) => levelAt(discreteSchedule(), 2 * k));

test("ddimInverse encodes what ddim decodes", async () => {
  const data = Float64Array.of(-1.3, 0.2, 1.1);
  const encoded = await finalSamples(ddimInverse().walk(mixtureDenoiser(), data, UP));
  const decoded = await finalSamples(ddim().walk(mixtureDenoiser(), encoded, UP.toReversed()));
  decoded.forEach((value, i) => {
    expect(Math.abs(value - data[i]!)).toBeLessThan(0.02);
  });
});

test("ddimInverse may start at clean data under a timestep that the network knows", async () => {
  const levels = [{ ...CLEAN, timestep: 0 }, levelAt(discreteSchedule(), 100)];
  const denoiser = {
    shape: [1],
    predicts: "epsilon" as const,
    predict: async (_x: unknown, { timestep }: { timestep: number }) =>
      Float64Array.of(timestep === 0 ? 0.5 : Number.NaN),
  };
  const { x, denoised } = await finalStep(ddimInverse().walk(denoiser, Float64Array.of(2), levels));
  const { alpha, sigma } = levels[1]!;
  expect(denoised[0]).toBe(2);
  expect(x[0]).toBeCloseTo(2 * alpha + 0.5 * sigma, 14);
});

test("ddimInverse wants ascending levels", async () => {
  const run = finalStep(ddimInverse().walk(mixtureDenoiser(), Float64Array.of(1), UP.toReversed()));
  await expect(run).rejects.toThrow(
    /ddimInverse: levels must ascend in sigma\/alpha \(levels\[1\]\)/,
  );
});
