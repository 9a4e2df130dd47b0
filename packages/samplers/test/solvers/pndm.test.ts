import { discreteSchedule, levelAt, levels, type NoiseLevel, timesteps } from "@symbreak/core";
import { expect, test } from "vitest";
import { ddim, pndm } from "../../src/index.ts";
import { finalSamples, finalStep, mixtureDenoiser } from "./runs.ts";

const SCHEDULE = discreteSchedule();
const walkOf = (steps: number) => levels(SCHEDULE, timesteps("leading", steps));
const table = Array.from({ length: 1000 }, (_, i) => levelAt(SCHEDULE, 999 - i));

test.for([
  { steps: 1, calls: 1, skipped: 1 },
  { steps: 2, calls: 5, skipped: 3 },
  { steps: 3, calls: 9, skipped: 4 },
  { steps: 4, calls: 13, skipped: 5 },
  { steps: 10, calls: 19, skipped: 11 },
])("pndm of $steps steps makes $calls network calls, $skipped without Runge–Kutta", async (row) => {
  const run = (skipPrk: boolean) =>
    finalStep(pndm({ skipPrk }).walk(mixtureDenoiser(), Float64Array.of(1), walkOf(row.steps)));
  expect((await run(false)).nfe).toBe(row.calls);
  expect((await run(true)).nfe).toBe(row.skipped);
});

test("pndm of one step is ddim", async () => {
  const x = Float64Array.of(0.4, -1.5);
  const one = await finalSamples(pndm().walk(mixtureDenoiser(), x, walkOf(1)));
  const other = await finalSamples(ddim().walk(mixtureDenoiser(), x, walkOf(1)));
  one.forEach((value, i) => {
    expect(value).toBeCloseTo(other[i]!, 13);
  });
});

test("Runge–Kutta steps ask halfway, at the table's own level", async () => {
  const asked: NoiseLevel[] = [];
  const inner = mixtureDenoiser();
  const denoiser = {
    ...inner,
    predict: (x: Float64Array | Float32Array, level: NoiseLevel) => {
      asked.push(level);
      return inner.predict(x, level);
    },
  };
  await finalStep(pndm().walk(denoiser, Float64Array.of(1), walkOf(5), { table }));
  expect(asked.slice(0, 4)).toEqual([800, 700, 700, 600].map((t) => levelAt(SCHEDULE, t)));
  asked.length = 0;
  await finalStep(pndm().walk(denoiser, Float64Array.of(1), walkOf(5)));
  expect(asked[1]!.timestep).toBe(700);
});
