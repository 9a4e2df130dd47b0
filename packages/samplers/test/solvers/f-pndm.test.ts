import { discreteSchedule, levels, timesteps } from "@symbreak/core";
import { expect, test } from "vitest";
import { fPndm } from "../../src/index.ts";
import { finalStep } from "./runs.ts";

/** A network that always says the same, recording what it is told. */
function deaf() {
  const told: number[] = [];
  return {
    told,
    shape: [1],
    predicts: "epsilon" as const,
    predict: async (x: { length: number }, { timestep }: { timestep: number }) => {
      told.push(timestep);
      return new Float64Array(x.length);
    },
  };
}

const SCHEDULE = discreteSchedule();

test("fPndm of three steps asks twelve times, at −0.5 and −1 in the end", async () => {
  const denoiser = deaf();
  const walk = levels(SCHEDULE, timesteps("late", 3, { start: 500 }));
  const { nfe, x } = await finalStep(fPndm().walk(denoiser, Float64Array.of(1), walk));
  expect(nfe).toBe(12);
  expect(denoiser.told).toEqual([500, 375, 375, 250, 250, 125, 125, 0, 0, -0.5, -0.5, -1]);
  // Without epsilon each transfer scales by alpha: from alphaBar[501] to alphaBar[0].
  const { alphaBars } = SCHEDULE;
  expect(x[0]).toBeCloseTo(Math.sqrt(alphaBars[0]! / alphaBars[501]!), 12);
});

test("fPndm runs off the end of the table from 999", async () => {
  const walk = levels(SCHEDULE, timesteps("late", 5, { start: 999 }));
  const run = finalStep(fPndm().walk(deaf(), Float64Array.of(1), walk, { process: SCHEDULE }));
  await expect(run).rejects.toThrow("fPndm: timesteps must be at most 998, got 999");
});
