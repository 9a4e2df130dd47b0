import { expect, test } from "vitest";
import { gaussianImages } from "../../src/index.ts";
import { plainCovariance } from "../random-data.ts";

/** 300 images of 4 bytes on a line and off it, far from 0 and 255; 1 and 2 strongly correlated. */
const images = Uint8Array.from({ length: 4 * 300 }, (_, i) => {
  const [n, j] = [i >> 2, i % 4];
  const along = 20 * Math.sin(n * 1.7);
  return [120 + along, 130 + along + 3 * Math.cos(5 * n), 100 + 8 * Math.cos(3.1 * n), 90][j]!;
});

test("draws have the mean and the covariance of the images", async () => {
  const count = 20_000;
  const draws = await gaussianImages(images, 4, count, { seed: 3 });
  const [found, wanted] = [plainCovariance(draws, 4), plainCovariance(images, 4)];
  const variance = (k: number) => wanted.matrix[5 * k]!;
  for (let j = 0; j < 4; j++) {
    const scatter = Math.sqrt((variance(j) + 1 / 12) / count);
    expect(Math.abs(found.mean[j]! - wanted.mean[j]!)).toBeLessThan(5 * scatter + 1e-9);
    for (let k = 0; k < 4; k++) {
      // Rounding to bytes adds 1/12 to a variance, and a constant stays one.
      const rounding = j === k && j < 3 ? 1 / 12 : 0;
      const spread = Math.sqrt((2 * variance(j) * variance(k)) / count);
      const difference = found.matrix[4 * j + k]! - wanted.matrix[4 * j + k]! - rounding;
      expect(Math.abs(difference)).toBeLessThan(5 * spread + 1e-9);
    }
  }
});

test("draws are Gaussian where the images are not", async () => {
  // The sine has a kurtosis of 1.5, a Gaussian of 3.
  const count = 20_000;
  const draws = await gaussianImages(images, 4, count, { seed: 4 });
  const { mean, matrix } = plainCovariance(draws, 4);
  let fourth = 0;
  for (let n = 0; n < count; n++) fourth += (draws[4 * n]! - mean[0]!) ** 4 / count;
  expect(Math.abs(fourth / matrix[0]! ** 2 - 3)).toBeLessThan(5 * Math.sqrt(24 / count));
});

test("a seed gives one set of draws, the first of them whatever their number", async () => {
  const few = await gaussianImages(images, 4, 3, { seed: 5 });
  expect(await gaussianImages(images, 4, 5, { seed: 5 })).toEqual(
    new Uint8Array([...few, ...(await gaussianImages(images, 4, 5, { seed: 5 })).subarray(12)]),
  );
  expect(await gaussianImages(images, 4, 3, { seed: 6 })).not.toEqual(few);
});

test("what lies beyond the bytes is cut off, and parts of images are refused", async () => {
  const extreme = Uint8Array.of(0, 255, 0, 255, 255, 0, 255, 0);
  const draws = await gaussianImages(extreme, 2, 200);
  expect(draws.filter((byte) => byte === 0 || byte === 255).length).toBeGreaterThan(100);
  await expect(gaussianImages(extreme, 3, 2)).rejects.toThrow("whole images of 3 bytes, got 8");
  await expect(gaussianImages(extreme, 2, 0)).rejects.toThrow("count must be a positive integer");
});
