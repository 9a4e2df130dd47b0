import { philoxNoise } from "@symbreak/core";
import { expect, test } from "vitest";
import { noisedStart } from "../../src/start/noised-start.ts";

const level = { alpha: 0.6, sigma: 0.8, timestep: 5 };
const images = Float32Array.of(1, 2, 3, 4, 5, 6);

test("noisedStart is alpha·image + sigma·z, and sample i begins from image i mod n", () => {
  const z = new Float64Array(8);
  philoxNoise(3)(z, 2, 0);
  const x = noisedStart(images, level).begin(level, 2)(4, philoxNoise(3));
  for (let i = 0; i < 8; i++) expect(x[i]!).toBeCloseTo(0.6 * images[i % 6]! + 0.8 * z[i]!, 14);
});

test("noisedStart gives a sample its image in any batch", () => {
  const draw = noisedStart(images, level).begin(level, 2);
  const together = draw(5, philoxNoise(3));
  const alone = draw(2, philoxNoise(3, [3, 4]), 3);
  expect(Array.from(alone)).toEqual(Array.from(together.subarray(6)));
});

test("noisedStart wants whole images", () => {
  expect(() => noisedStart(images, level).begin(level, 4)).toThrow(
    "noisedStart: images must hold whole samples of 4 values, got 6",
  );
});
