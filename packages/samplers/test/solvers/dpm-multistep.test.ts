import { CLEAN } from "@symbreak/core";
import { expect, test } from "vitest";
import { fromSchedulerConfig } from "../../../networks/src/diffusers/index.ts";
import { ddim, dpmMultistep } from "../../src/index.ts";
import { evenLevels, finalSamples, finalStep, mixtureDenoiser } from "./runs.ts";

const X = Float64Array.of(-1.5, 0.2, 0.8);
const close = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  for (let i = 0; i < a.length; i++) expect(a[i]).toBeCloseTo(b[i]!, 12);
};

test.for(["dpmsolver++", "dpmsolver"] as const)("first-order %s is ddim", async (algorithm) => {
  const walk = [...evenLevels(7).slice(0, -1), CLEAN];
  const solver = dpmMultistep({ order: 1, algorithm });
  const one = await finalSamples(solver.walk(mixtureDenoiser(), X, walk));
  close(one, await finalSamples(ddim().walk(mixtureDenoiser(), X, walk)));
});

test("a step to clean data returns the last x0, whatever the order", async () => {
  const walk = [...evenLevels(20).slice(0, -1), CLEAN];
  for (const order of [1, 2, 3]) {
    const solver = dpmMultistep({ order, lowerOrderFinal: false });
    const end = await finalStep(solver.walk(mixtureDenoiser(), X, walk));
    close(end.x, end.denoised);
  }
});

test("fewer than fifteen steps end at low order, more do not, unless told", async () => {
  const run = async (steps: number, lowerOrderFinal?: boolean) => {
    const solver = dpmMultistep(lowerOrderFinal === undefined ? {} : { lowerOrderFinal });
    return finalSamples(solver.walk(mixtureDenoiser(), X, evenLevels(steps)));
  };
  expect(await run(14)).toEqual(await run(14, true));
  expect(await run(15)).toEqual(await run(15, false));
  expect(await run(14)).not.toEqual(await run(14, false));
});

test("dpmMultistep knows orders 1 to 3", () => {
  expect(() => dpmMultistep({ order: 4 })).toThrow("dpmMultistep: order must be 1, 2 or 3, got 4");
});

test("a repeated level is a step to nowhere", async () => {
  // diffusers' Karras grid with sigma_min repeats its last level.
  const scheduler = fromSchedulerConfig({
    _class_name: "DPMSolverMultistepScheduler",
    use_karras_sigmas: true,
    final_sigmas_type: "sigma_min",
    solver_order: 3,
    lower_order_final: false,
  });
  const walk = scheduler.levels(20);
  const steps = [];
  for await (const { x } of scheduler.solver.walk(mixtureDenoiser(), X, walk, scheduler.options))
    steps.push(x);
  for (const [i, value] of steps.at(-1)!.entries()) expect(value).toBeCloseTo(steps.at(-2)![i]!, 9);
});
