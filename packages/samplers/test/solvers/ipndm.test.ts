import { CLEAN, levelOfSigma } from "@symbreak/core";
import { expect, test } from "vitest";
import { ddim, ipndm } from "../../src/index.ts";
import { finalSamples, mixtureDenoiser } from "./runs.ts";

test("ipndm's first step from pure noise is ddim's", async () => {
  const walk = [levelOfSigma(Infinity, 1), levelOfSigma(2, 0.5)];
  expect(walk[0]!.alpha).toBe(0);
  const x = Float64Array.of(0.8, -1);
  const one = await finalSamples(ipndm().walk(mixtureDenoiser(), x, walk));
  expect(one).toEqual(await finalSamples(ddim().walk(mixtureDenoiser(), x, walk)));
});

test("ipndm extrapolates a slope that is linear in the steps exactly", async () => {
  // epsilon = step number: the mean over [k, k + 1] is k + 1/2, and two slopes suffice to know it.
  const walk = [4, 3, 2, 1].map((sigma, i) => ({ alpha: 1, sigma, timestep: i }));
  const denoiser = {
    shape: [1],
    predicts: "epsilon" as const,
    predict: async (_x: unknown, { timestep }: { timestep: number }) => Float64Array.of(timestep),
  };
  const end = await finalSamples(ipndm().walk(denoiser, Float64Array.of(0), [...walk, CLEAN]));
  // X' = X − epsilon·1 with epsilon = 0 (no history yet), 3/2, 5/2, 7/2.
  expect(end[0]).toBeCloseTo(-(0 + 1.5 + 2.5 + 3.5), 13);
});
