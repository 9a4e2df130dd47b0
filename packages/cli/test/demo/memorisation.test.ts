import { multiply, philoxNoise } from "@symbreak/core";
import { expect, test } from "vitest";
import { memorisation } from "../../src/demo/memorisation.ts";

function normals(count: number, seed: number): Float32Array {
  const out = new Float32Array(count * 20);
  philoxNoise(seed)(out, 20, 0);
  return out;
}

test("memorisation tells copies from new samples, and counts the images that were copied", async () => {
  const training = normals(50, 1);
  const copies = new Float32Array(6 * 20);
  [4, 4, 7, 9, 9, 9].forEach((index, i) => {
    copies.set(training.subarray(20 * index, 20 * (index + 1)), 20 * i);
  });
  const found = await memorisation(copies, training, 20, multiply);
  expect(found).toMatchObject({
    samples: 6,
    trainingImages: 50,
    share: 1,
    distinct: 3,
    medianDistance: 0,
    nearest: [4, 4, 7, 9, 9, 9],
  });
  const fresh = await memorisation(normals(30, 2), training, 20, multiply);
  expect(fresh.share).toBe(0);
  expect(fresh.medianDistance).toBeGreaterThan(1);
});
