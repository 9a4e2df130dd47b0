import { CLEAN } from "@symbreak/core";
import { expect, test } from "vitest";
import { dpmMultistep, dpmSinglestep, singlestepOrders } from "../../src/index.ts";
import { evenLevels, finalSamples, finalStep, mixtureDenoiser } from "./runs.ts";

const X = Float64Array.of(-1.5, 0.2, 0.8);

test("the orders count up in blocks, cut short at the end", () => {
  const noisy = (steps: number) => evenLevels(steps);
  const clean = (steps: number) => [...evenLevels(steps).slice(0, -1), CLEAN];
  expect(singlestepOrders(3, noisy(7), false)).toEqual([1, 2, 3, 1, 2, 3, 1]);
  expect(singlestepOrders(3, noisy(6), false)).toEqual([1, 2, 3, 1, 2, 3]);
  expect(singlestepOrders(3, noisy(6), true)).toEqual([1, 2, 3, 1, 2, 1]);
  expect(singlestepOrders(3, noisy(8), true)).toEqual([1, 2, 3, 1, 2, 3, 1, 2]);
  expect(singlestepOrders(2, clean(4), false)).toEqual([1, 2, 1, 1]);
  expect(singlestepOrders(1, noisy(3), true)).toEqual([1, 1, 1]);
});

test("a first block of two is the multistep method's first two predictions, from the start", async () => {
  const walk = evenLevels(2, 5, 2);
  const single = await finalStep(dpmSinglestep().walk(mixtureDenoiser(), X, walk));
  const multi = await finalStep(
    dpmMultistep({ lowerOrderFinal: false }).walk(mixtureDenoiser(), X, walk),
  );
  expect(single.denoised).toEqual(multi.denoised);
  expect(single.x).not.toEqual(multi.x);
  expect(single.nfe).toBe(2);
});

test("orders may be given, one a step; more than there are predictions means all", async () => {
  const walk = evenLevels(4);
  const run = (orders: number[]) =>
    finalSamples(dpmSinglestep({ orders }).walk(mixtureDenoiser(), X, walk));
  expect(await run([1, 2, 1, 2])).toEqual(
    await finalSamples(dpmSinglestep().walk(mixtureDenoiser(), X, walk)),
  );
  expect(await run([2, 1, 2, 1])).toEqual(await run([1, 1, 2, 1]));
  await expect(run([1, 2])).rejects.toThrow(/orders must be one a step \(4\)/);
});
