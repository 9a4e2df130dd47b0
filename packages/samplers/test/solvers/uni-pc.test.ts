import { CLEAN } from "@symbreak/core";
import { expect, test } from "vitest";
import { uniPc } from "../../src/index.ts";
import { evenLevels, finalSamples, finalStep, mixtureDenoiser } from "./runs.ts";

const X = Float64Array.of(-1.5, 0.2, 0.8);
const WALK = [...evenLevels(6).slice(0, -1), CLEAN];

test.for([
  { solverType: "bh1", predictX0: true },
  { solverType: "bh2", predictX0: true },
  { solverType: "bh1", predictX0: false },
  { solverType: "bh2", predictX0: false },
] as const)("uniPc lands on clean data as the last x0 (%o)", async (options) => {
  // diffusers has NaN here for bh1 and for epsilon.
  for (const lowerOrderFinal of [true, false]) {
    const run = uniPc({ order: 3, lowerOrderFinal, ...options }).walk(mixtureDenoiser(), X, WALK);
    const { x, denoised } = await finalStep(run);
    x.forEach((value, i) => {
      expect(value).toBeCloseTo(denoised[i]!, 1);
    });
  }
});

test("the corrector costs no network call and may be left out of steps", async () => {
  const all = await finalStep(uniPc().walk(mixtureDenoiser(), X, WALK));
  expect(all.nfe).toBe(6);
  const some = await finalSamples(uniPc({ uncorrected: [1] }).walk(mixtureDenoiser(), X, WALK));
  expect(some).not.toEqual(all.x);
});

test("uniPc refuses other types and orders", () => {
  expect(() => uniPc({ order: 0 })).toThrow(/order must be a positive integer, got 0/);
  expect(() => uniPc({ solverType: "bh3" as never })).toThrow(/solverType must be "bh1" or "bh2"/);
});
