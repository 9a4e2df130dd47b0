import { expect, test } from "vitest";
import { sha256 } from "../../src/digest.ts";
import {
  classCounts,
  describe as describeSet,
  loadMnist,
  pad,
  scaled,
  scaleOf,
  select,
} from "../../src/index.ts";
import { channelMoments, perPixelVariance } from "../../src/scale/pixel-moments.ts";

test("mnist train has the published counts, labels, mean and deviation", async () => {
  const train = await loadMnist();
  expect(describeSet(train)).toBe("mnist train: 60000 × 1×28×28");
  expect(classCounts(train)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
  expect(Array.from(train.labels!.subarray(0, 10))).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
  const { mean, std } = channelMoments(train);
  expect(mean[0]! / 255).toBeCloseTo(0.1306604762738429, 14);
  expect(std[0]! / 255).toBeCloseTo(0.3081078038564627, 14);
  expect(perPixelVariance(train) / 255 ** 2).toBeCloseTo(0.06725132078460055, 14);
});

test("mnist test has the published counts, labels, mean and deviation", async () => {
  const set = await loadMnist({ split: "test" });
  expect(classCounts(set)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  expect(Array.from(set.labels!.subarray(0, 5))).toEqual([7, 2, 1, 0, 4]);
  const { mean, std } = channelMoments(set);
  expect(mean[0]! / 255).toBeCloseTo(0.13251461, 8);
  expect(std[0]! / 255).toBeCloseTo(0.31048025, 8);
});

test("the first 5000 ones and eights, padded to 32, are the reference selection", async () => {
  const set = pad(select(await loadMnist(), { classes: [1, 8], perClass: 5000 }), 32);
  expect(sha256(set.images)).toBe(
    "b4bf97c1a9c9d0e1620c58e8f4f4bff5582ed9684b1256ea7fd091abe5449c87",
  );
  expect(channelMoments(set).std[0]).toBeCloseTo(66.03541206302697, 10);
  expect(perPixelVariance(set) / 127.5 ** 2).toBeCloseTo(0.15595284761427458, 14);
  const { data, scale } = scaled(set, "trace");
  expect(data.length).toBe(10000 * 1024);
  expect(scale).toEqual(scaleOf(set, "trace"));
});
