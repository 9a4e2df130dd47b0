import { expect, test } from "vitest";
import {
  frechetDistance,
  frechetWarnings,
  kernelDistance,
  kernelWarnings,
} from "../../src/index.ts";
import { normalFeatures } from "./features-of.ts";

const extractor = "test";
const set = (count: number, size: number, seed: number, mean = 0) =>
  normalFeatures(count, size, { seed, mean });

test("distances of many samples that are far apart need no warning", async () => {
  const [x, y] = [set(500, 3, 1), set(500, 3, 2, 1)];
  expect(frechetWarnings(frechetDistance(x, y, { extractor }))).toEqual([]);
  expect(kernelWarnings(await kernelDistance(x, y))).toEqual([]);
  const subsets = { subsets: 20, subsetSize: 100 };
  expect(kernelWarnings(await kernelDistance(x, y, subsets))).toEqual([]);
});

test("a Fréchet distance within its own bias is said to be", () => {
  const found = frechetDistance(set(500, 3, 3), set(500, 3, 4), { extractor });
  expect(frechetWarnings(found)).toEqual([
    expect.stringMatching(
      /^FD-test cannot be told from 0: it is .*, with a bias of .* and a standard error of .*\.$/,
    ),
  ]);
});

test("fewer samples than features have a singular covariance", () => {
  const warnings = frechetWarnings(frechetDistance(set(30, 60, 5), set(30, 60, 6), { extractor }));
  expect(warnings).toContainEqual("FD-test is of 30 samples: it says next to nothing.");
  expect(warnings).toContainEqual(
    expect.stringContaining("30 samples have a singular covariance of 60 features"),
  );
});

test("a negative KID, and one within the scatter of its subsets, are said to be", async () => {
  const found = await kernelDistance(set(500, 3, 1), set(500, 3, 1));
  expect(found.value).toBeLessThan(0);
  expect(kernelWarnings(found)).toEqual([expect.stringMatching(/^KID is negative \(-/)]);
  const within = { ...found, value: 1, standardDeviation: 0.6 };
  expect(kernelWarnings(within)).toEqual([
    "KID cannot be told from 0: 1, with 0.6 from subset to subset.",
  ]);
  const few = await kernelDistance(set(30, 3, 1), set(30, 3, 2, 2));
  expect(kernelWarnings(few)).toEqual(["KID is of 30 samples: it says next to nothing."]);
});
