import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { channelMoments, type Data, perPixelVariance, unitsOf } from "@symbreak/core";
import { beforeAll, expect, test } from "vitest";
import { classCounts, describe } from "../../src/describe.ts";
import { sha256 } from "../../src/digest.ts";
import { pad } from "../../src/select/pad.ts";
import { select } from "../../src/select/select.ts";
import { loadMnist, mnistDirectory } from "../../src/sets/mnist.ts";
import { countDistinct } from "../support/distinct.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

let train: Data;
let test10k: Data;
beforeAll(async () => {
  [train, test10k] = await Promise.all([loadMnist(), loadMnist({ split: "test" })]);
});

test("the training set has the published counts, labels, mean and deviation", () => {
  expect(describe(train)).toBe("mnist train: 60000 × 1×28×28");
  expect(classCounts(train)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
  expect(Array.from(train.labels!.subarray(0, 10))).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
  const { mean, std } = channelMoments(train);
  expect(mean[0]! / 255).toBeCloseTo(0.1306604762738429, 14);
  expect(std[0]! / 255).toBeCloseTo(0.3081078038564627, 14);
  expect(perPixelVariance(train) / 255 ** 2).toBeCloseTo(0.06725132078460055, 14);
  expect(sha256(train.values)).toBe(
    "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
  );
});

test("the test set has the published counts, labels, mean and deviation", () => {
  expect(describe(test10k)).toBe("mnist test: 10000 × 1×28×28");
  expect(classCounts(test10k)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  expect(Array.from(test10k.labels!.subarray(0, 5))).toEqual([7, 2, 1, 0, 4]);
  const { mean, std } = channelMoments(test10k);
  expect(mean[0]! / 255).toBeCloseTo(0.13251461, 8);
  expect(std[0]! / 255).toBeCloseTo(0.31048025, 8);
});

test("all 70000 images are distinct", () => {
  expect(countDistinct([train, test10k])).toBe(70_000);
});

test("the first 5000 ones and eights, padded to 32, are the reference selection, in every scale", () => {
  const set = pad(select(train, { classes: [1, 8], perClass: 5000 }), 32);
  expect(classCounts(set)).toEqual([0, 5000, 0, 0, 0, 0, 0, 0, 5000, 0]);
  expect(sha256(set.values)).toBe(
    "b4bf97c1a9c9d0e1620c58e8f4f4bff5582ed9684b1256ea7fd091abe5449c87",
  );
  const { mean, std } = channelMoments(set);
  expect(mean[0]).toBeCloseTo(22.189666015625, 10);
  expect(std[0]).toBeCloseTo(66.03541206302697, 10);
  const traceOverD = (name: "unit" | "symmetric" | "zscore" | "trace") =>
    perPixelVariance(set) * unitsOf(set, name).a[0]! ** 2;
  expect(traceOverD("unit")).toBeCloseTo(0.038988211903568645, 14);
  expect(traceOverD("symmetric")).toBeCloseTo(0.15595284761427458, 14);
  expect(traceOverD("zscore")).toBeCloseTo(0.581379741270375, 12);
  expect(traceOverD("trace")).toBeCloseTo(1, 14);
});

test("files with the right names and one wrong pixel are not MNIST", async () => {
  const { path } = temporaryFolder();
  for (const kind of ["images-idx3", "labels-idx1"]) {
    const name = `t10k-${kind}-ubyte`;
    copyFileSync(join(mnistDirectory(), name), join(path, name));
  }
  expect(await loadMnist({ split: "test", directory: path })).toMatchObject({ source: path });
  const images = join(path, "t10k-images-idx3-ubyte");
  const bytes = readFileSync(images);
  bytes[5000]! ^= 1;
  writeFileSync(images, bytes);
  await expect(loadMnist({ split: "test", directory: path })).rejects.toThrow(
    `${images}: expected content with sha256 0fa7898d`,
  );
});

test("a split that MNIST does not have is refused", async () => {
  await expect(loadMnist({ split: "validation" as "test" })).rejects.toThrow(
    'loadMnist: split must be "train" or "test", got "validation"',
  );
});
