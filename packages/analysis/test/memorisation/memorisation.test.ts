import { AS_IS, dataOf, philoxNoise } from "@symbreak/core";
import { expect, test } from "vitest";
import { memorisation } from "../../src/index.ts";

const size = 50;
const normal = (count: number, seed: number) => {
  const values = new Float64Array(count * size);
  philoxNoise(seed)(values, size, 0);
  return values;
};
const training = dataOf(normal(200, 1), [size]);
const heldOut = dataOf(normal(100, 2), [size]);

test("copies with a little noise are memorised, fresh samples are not, and held-out images say what chance is", async () => {
  const noise = normal(30, 3);
  const near = training.values.slice(0, 30 * size).map((value, i) => value + 0.05 * noise[i]!);
  const found = await memorisation(dataOf(near, [size]), training, { heldOut });
  expect(found.memorised).toMatchObject({ value: 1, high: 1 });
  expect(found.nearest).toEqual(Array.from({ length: 30 }, (_, i) => i));
  expect([found.copies, found.distinct, found.duplicates]).toEqual([0, 30, 0]);
  expect(found.heldOut).toMatchObject({ samples: 100, memorised: { value: 0, low: 0 } });
  expect(found.heldOut!.memorised.high).toBeGreaterThan(0);
  const fresh = await memorisation(dataOf(normal(30, 4), [size]), training);
  expect(fresh.memorised.value).toBe(0);
  expect(fresh.heldOut).toBeNull();
});

test("d1, d2 and their ratio are those of the definition", async () => {
  const points = dataOf(Float64Array.of(0, 10, 11), [1]);
  const samples = dataOf(Float64Array.of(1, 10.4, 10), [1]);
  const found = await memorisation(samples, points);
  expect(found.distances.map((d) => Number(d.toFixed(9)))).toEqual([1, 0.4, 0]);
  expect(found.ratios[0]).toBeCloseTo(1 / 9, 12);
  expect(found.ratios[1]).toBeCloseTo(0.4 / 0.6, 9);
  expect(found.ratios[2]).toBe(0);
  expect(found.memorised.value).toBeCloseTo(2 / 3, 14);
  expect(found.copies).toBe(1);
  expect((await memorisation(samples, points, { ratio: 0.7 })).memorised.value).toBe(1);
});

test("bytes, duplicates among samples and in the training set, and one sample give a result", async () => {
  const bytes = dataOf(Uint8Array.of(1, 2, 1, 2, 200, 100), [2], AS_IS);
  const found = await memorisation(dataOf(Uint8Array.of(1, 2, 1, 2), [2], AS_IS), bytes);
  expect(found).toMatchObject({ copies: 2, duplicates: 1, distinct: 1, memorised: { value: 1 } });
  const one = await memorisation(dataOf(Uint8Array.of(1, 3), [2], AS_IS), bytes);
  expect(one.memorised.value).toBe(0); // as near to both of the twins
  expect(one.ratios).toEqual([1]);
});

test("too little training data, NaN and a bad ratio are errors", async () => {
  const one = dataOf(training.values.subarray(0, size), [size]);
  await expect(memorisation(one, one)).rejects.toThrow("at least 2 samples, got 1");
  await expect(memorisation(one, training, { ratio: 1 })).rejects.toThrow(
    "ratio must lie in (0, 1)",
  );
  const broken = dataOf(new Float64Array(size).fill(Number.NaN), [size]);
  await expect(memorisation(broken, training)).rejects.toThrow("must be finite (sample 0");
});
