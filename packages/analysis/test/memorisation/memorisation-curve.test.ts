import { dataOf, philoxNoise } from "@symbreak/core";
import { expect, test } from "vitest";
import { memorisationCurve } from "../../src/index.ts";

const size = 40;
const normal = (count: number, seed: number) => {
  const values = new Float64Array(count * size);
  philoxNoise(seed)(values, size, 0);
  return values;
};
const training = dataOf(normal(100, 1), [size]);

/** 20 samples, the first `copied` of them training images with a little noise. */
function checkpoint(step: number, copied: number) {
  const values = normal(20, 100 + step);
  for (let i = 0; i < copied * size; i++) values[i] = training.values[i]! + 0.01 * values[i]!;
  return { step, samples: dataOf(values, [size]) };
}

test("tau_mem is where the memorised share crosses its threshold, tau_gen where the distance has come down", async () => {
  const distances = new Map([50, 8, 7.5, 7].map((distance, k) => [k, distance]));
  const checkpoints = [0, 1, 2, 3].map((k) => checkpoint(100 * k, [0, 0, 4, 20][k]!));
  const order = checkpoints.map(({ samples }) => samples.values);
  const found = await memorisationCurve([...checkpoints].reverse(), training, {
    heldOut: dataOf(normal(50, 2), [size]),
    distance: ({ values }) => distances.get(order.indexOf(values as Float64Array<ArrayBuffer>))!,
  });
  expect(found.curve.map(({ step, memorised }) => [step, memorised.value])).toEqual([
    [0, 0],
    [100, 0],
    [200, 0.2],
    [300, 1],
  ]);
  expect(found.tauMem).toBeCloseTo(150, 9);
  expect(found.tauGen).toBe(200);
  expect(found.chance).toBe(0);
});

test("without a distance, a crossing or held-out images there is no such number", async () => {
  const { tauGen, tauMem, chance, curve } = await memorisationCurve([checkpoint(5, 0)], training);
  expect([tauGen, tauMem, chance, curve[0]!.distance]).toEqual([null, null, null, null]);
  const late = await memorisationCurve([checkpoint(5, 20)], training);
  expect(late.tauMem).toBe(5);
});

test("no checkpoint and bad settings are errors", async () => {
  await expect(memorisationCurve([], training)).rejects.toThrow("checkpoints must be at least one");
  const some = [checkpoint(1, 0)];
  await expect(memorisationCurve(some, training, { threshold: 0 })).rejects.toThrow("threshold");
  await expect(memorisationCurve(some, training, { within: 0.9 })).rejects.toThrow("within");
});
