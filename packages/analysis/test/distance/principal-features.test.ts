import { dataOf } from "@symbreak/core";
import { expect, test } from "vitest";
import {
  frechetDistance,
  type ImageFeatures,
  moments,
  principalFeatures,
} from "../../src/index.ts";

/** The bytes themselves, 12 features of 3 × 2 × 2 images. */
const pixels: ImageFeatures = {
  name: "bytes",
  size: 12,
  description: "bytes",
  features: async (images) => Float32Array.from(images),
};
const shape = [3, 2, 2];
const images = (count: number, seed: number) =>
  Uint8Array.from({ length: 12 * count }, (_, i) => 128 + 100 * Math.sin(seed * (i + 1) ** 1.5));

test("all directions keep every distance, and the first carry the most variance", async () => {
  const [x, y] = [images(60, 1), images(60, 2)];
  const raw = async (set: Uint8Array) => dataOf(await pixels.features(set, shape), [12]);
  const turned = await principalFeatures(pixels, x, shape, 12);
  const seen = async (set: Uint8Array) => dataOf(await turned.features(set, shape), [turned.size]);
  const options = { extractor: "test", groups: 0 };
  const before = frechetDistance(await raw(x), await raw(y), options).value;
  const after = frechetDistance(await seen(x), await seen(y), options).value;
  expect(after / before).toBeCloseTo(1, 4);
  const { covariance } = await moments(await seen(x));
  const { covariance: wanted } = await moments(await raw(x));
  if (covariance.kind !== "spectral" || wanted.kind !== "spectral") throw new Error("spectral");
  expect(covariance.eigenvalues[0]! / wanted.eigenvalues[0]!).toBeCloseTo(1, 5);

  const few = await principalFeatures(pixels, x, shape, 3);
  expect(few).toMatchObject({ name: "bytes", size: 3 });
  expect(few.description).toBe("bytes; 3 principal directions of 60 real images");
  const [three, twelve] = [await few.features(y, shape), await turned.features(y, shape)];
  for (let n = 0; n < 60; n++)
    for (let k = 0; k < 3; k++) expect(three[n * 3 + k]).toBe(twelve[n * 12 + k]);
});

test("too many directions and images of another shape are refused", async () => {
  const [few, more] = [images(8, 1), images(40, 1)];
  await expect(principalFeatures(pixels, few, shape, 8)).rejects.toThrow(
    "directions must be an integer from 1 to 7, of 8 images and 12 features, got 8",
  );
  await expect(principalFeatures(pixels, more, shape, 13)).rejects.toThrow("from 1 to 12");
  const { features } = await principalFeatures(pixels, more, shape, 2);
  await expect(features(few, [3, 4, 1])).rejects.toThrow("images must be 3×2×2");
});
