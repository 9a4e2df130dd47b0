import {
  collapseOuTime,
  dataOf,
  discreteSchedule,
  empirical,
  levelList,
  philoxNoise,
} from "@symbreak/core";
import { ddim, ddpm, exactDenoiser } from "@symbreak/samplers";
import { expect, test } from "vitest";
import { cloning, lastNeighbourChange, nearestSample } from "../../src/index.ts";

const [points, size] = [60, 40];
const values = new Float64Array(points * size);
philoxNoise(8)(values, size, 0);
const data = dataOf(values, [size]);
const schedule = discreteSchedule();
/** The exact empirical score of 60 Gaussian points: it must give them back. */
const run = {
  ...{
    denoiser: exactDenoiser(empirical(values, size)),
    solver: ddpm(),
    process: schedule,
    steps: 50,
  },
  ...{ seed: 3, precision: "float64" as const },
};
const collapse = collapseOuTime({ count: points, size });

test("phi_C goes from chance to 1 and is half way near t_C", async () => {
  const ouTimes = [0.3, 0.7, 1, 1.5, 3].map((factor) => factor * collapse);
  const { phi, crossing, strangers } = await cloning({
    ...{ ...run, ouTimes, count: 100, batch: 100, crossingAt: 0.5 },
    classify: nearestSample(data),
  });
  expect(phi.at(-1)!.value).toBeGreaterThan(0.97);
  expect(phi[0]!.value).toBeLessThan(0.15);
  expect(strangers).toBeLessThan(0.04);
  expect(crossing!.ouTime / collapse).toBeGreaterThan(0.6);
  expect(crossing!.ouTime / collapse).toBeLessThan(1.4);
});

test("trajectories settle on their training sample about t_C, and end on it", async () => {
  const options = { ...run, data, count: 40, every: 2 };
  const found = await lastNeighbourChange({ ...options, batch: 40 });
  expect(found.ouTime.mean / collapse).toBeGreaterThan(0.5);
  expect(found.ouTime.mean / collapse).toBeLessThan(1.5);
  expect(found.ouTime.standardError).toBeCloseTo(found.ouTime.spread / Math.sqrt(40), 14);
  expect(found.looks).toBe(25);
  expect(found.ddpmIndex!.mean).toBeGreaterThan(100);
  expect(await lastNeighbourChange({ ...options, batch: 7 })).toEqual(found);
});

test("the last change is the first look with the final neighbour, by a run that can be followed by eye", async () => {
  // A denoiser that always says `target`, one step after another: x moves to it and past the border at 0.
  const line = dataOf(Float64Array.of(-1, 1), [1]);
  const levels = [0.5, 0.4, 0.3, 0].map((sigma, i) => ({ alpha: 1, sigma, timestep: 3 - i }));
  const target = {
    shape: [1],
    predicts: "sample" as const,
    predict: async () => Float64Array.of(1),
  };
  const { last, nearest, settledFromStart, looks } = await lastNeighbourChange({
    denoiser: target,
    solver: {
      ...ddim(),
      async *walk() {
        for (const [i, x] of [-0.4, 0.1, 1].entries())
          yield {
            x: Float64Array.of(x),
            denoised: x,
            level: levels[i + 1],
            index: i + 1,
            nfe: i + 1,
          } as never;
      },
    },
    grid: levelList(levels),
    data: line,
  });
  expect(nearest).toEqual([1]);
  expect(last[0]!.ouTime).toBeCloseTo(0.5 * Math.log1p(0.3 ** 2), 12);
  expect([settledFromStart, looks]).toEqual([0, 3]);
});

test("one training sample is everybody's neighbour from the start; none is an error", async () => {
  const one = dataOf(values.subarray(0, size), [size]);
  const found = await lastNeighbourChange({ ...run, steps: 5, data: one, count: 2 });
  expect(found.settledFromStart).toBe(1);
  const none = dataOf(new Float64Array(0), [size]);
  await expect(lastNeighbourChange({ ...run, steps: 5, data: none })).rejects.toThrow("at least 1");
  await expect(lastNeighbourChange({ ...run, data, every: 0 })).rejects.toThrow("every must be");
});
