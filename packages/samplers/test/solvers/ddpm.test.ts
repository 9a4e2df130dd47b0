import { CLEAN, discreteSchedule, levels, type Noise, timesteps } from "@symbreak/core";
import { expect, test } from "vitest";
import { type DdpmVariance, ddpm, posterior } from "../../src/index.ts";
import { finalSamples, finalStep, gaussianDenoiser } from "./runs.ts";

const WALK = levels(discreteSchedule(), timesteps("leading", 4));
const ones: Noise = (out) => {
  out.fill(1);
};

/** One step with unit noise from a network that says x0 = 0. */
async function oneStep(variance: DdpmVariance, v?: number): Promise<number> {
  const denoiser = {
    shape: [1],
    predicts: "sample" as const,
    ...(v === undefined ? {} : { variance: variance as "learned" | "learnedRange" }),
    predict: async () => Float64Array.from(v === undefined ? [0] : [0, v]),
  };
  const run = ddpm({ variance }).walk(denoiser, Float64Array.of(0), WALK.slice(0, 2), {
    noise: ones,
  });
  return (await finalSamples(run))[0]!;
}

test("ddpm's fixed variances are beta tilde and beta, and their log forms are the same", async () => {
  const { small, large } = posterior(WALK[0]!, WALK[1]!);
  expect(await oneStep("fixedSmall")).toBeCloseTo(Math.sqrt(small), 14);
  expect(await oneStep("fixedSmallLog")).toBeCloseTo(Math.sqrt(small), 14);
  expect(await oneStep("fixedLarge")).toBeCloseTo(Math.sqrt(large), 14);
  expect(await oneStep("fixedLargeLog")).toBeCloseTo(Math.sqrt(large), 14);
});

test("a learned range slides between the logarithms of beta tilde and beta", async () => {
  const { small, large } = posterior(WALK[0]!, WALK[1]!);
  expect(await oneStep("learnedRange", -1)).toBeCloseTo(Math.sqrt(small), 14);
  expect(await oneStep("learnedRange", 1)).toBeCloseTo(Math.sqrt(large), 14);
  expect(await oneStep("learnedRange", 0)).toBeCloseTo((small * large) ** 0.25, 14);
});

test("a learned variance is the logarithm that the network returns", async () => {
  expect(await oneStep("learned", Math.log(0.09))).toBeCloseTo(0.3, 14);
});

test("the variance half of the output belongs to its own sample", async () => {
  const denoiser = {
    shape: [2],
    predicts: "sample" as const,
    variance: "learned" as const,
    predict: async () =>
      Float64Array.of(0, 0, Math.log(0.01), Math.log(0.04), 0, 0, 0, Math.log(4)),
  };
  const run = ddpm().walk(denoiser, new Float64Array(4), WALK.slice(0, 2), { noise: ones });
  const x = await finalSamples(run);
  [0.1, 0.2, 1, 2].forEach((wanted, i) => {
    expect(x[i]).toBeCloseTo(wanted, 14);
  });
});

test("ddpm adds no noise in the step to clean data, unless asked to", async () => {
  const walk = [WALK[1]!, CLEAN];
  const denoiser = gaussianDenoiser(0, 1);
  const run = (noiseAtEnd: boolean) =>
    finalSamples(
      ddpm({ variance: "fixedLarge" }).walk(denoiser, Float64Array.of(0), walk, {
        noise: ones,
        quirks: { noiseAtEnd },
      }),
    );
  expect((await run(false))[0]).toBe(0);
  expect((await run(true))[0]).toBeCloseTo(Math.sqrt(posterior(WALK[1]!, CLEAN).large), 14);
});

test("ddpm with fixed small variance is exact for a point mass", async () => {
  // q(x' | x, x0) is the reverse transition itself when there is one x0: the end is x0.
  const run = ddpm().walk(gaussianDenoiser(0.7, 0), Float64Array.of(-2), WALK, { noise: ones });
  expect((await finalSamples(run))[0]).toBeCloseTo(0.7, 14);
});

test("a learned variance needs a denoiser that learned it", async () => {
  const run = ddpm({ variance: "learnedRange" }).walk(
    gaussianDenoiser(0, 1),
    Float64Array.of(0),
    WALK,
  );
  await expect(finalStep(run)).rejects.toThrow(
    'ddpm: variance "learnedRange" must be what the denoiser learned, got undefined',
  );
});
