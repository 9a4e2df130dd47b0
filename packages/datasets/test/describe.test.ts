import { expect, test } from "vitest";
import { classCounts, describe } from "../src/describe.ts";
import { imageSet } from "./support/image-set.ts";

test("describe names the set, the split, the selection and the shape", () => {
  const set = imageSet([1, 2, 3, 4, 5, 6], {
    name: "toy",
    split: "train",
    selection: ["pad 1"],
    count: 2,
    shape: [3, 1, 1],
  });
  expect(describe(set)).toBe("toy train, pad 1: 2 × 3×1×1");
  expect(describe(imageSet([1]))).toBe("memory: 1 × 1×1×1");
});

test("classCounts counts up to the last class known, and knows none without labels", () => {
  const labels = Uint8Array.of(2, 0, 2);
  expect(classCounts(imageSet([1, 2, 3], { labels }))).toEqual([1, 0, 2]);
  expect(classCounts(imageSet([1, 2, 3], { labels, classNames: ["a", "b", "c", "d"] }))).toEqual([
    1, 0, 2, 0,
  ]);
  expect(classCounts(imageSet([1]))).toBeUndefined();
});
