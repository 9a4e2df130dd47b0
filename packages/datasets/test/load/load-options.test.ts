import { expect, test } from "vitest";
import { applyOptions, refuse } from "../../src/load/load-options.ts";
import { imageSet } from "../support/image-set.ts";

const set = imageSet([1, 2, 3, 4, 5, 6], {
  count: 2,
  shape: [3, 1, 1],
  labels: Uint8Array.of(0, 1),
});

test("without options a set stays as it is", async () => {
  expect(await applyOptions(set, {}, false)).toBe(set);
});

test("a set is selected, resized, reduced to a channel and padded, in this order", async () => {
  const options = { classes: [1], resize: 2, channel: 2, pad: 3 };
  const shaped = await applyOptions(set, options, false);
  expect(shaped.selection).toEqual(["classes 1", "resize 2", "channel 2", "pad 3"]);
  expect(Array.from(shaped.values)).toEqual([6, 6, 0, 6, 6, 0, 0, 0, 0]);
});

test("what the reader has done is not done again", async () => {
  const shaped = await applyOptions(set, { classes: [1], resize: 2, channel: 0 }, true);
  expect(shaped).toMatchObject({ count: 2, selection: ["channel 0"] });
});

test("refuse names the option, the data and the value", () => {
  refuse({ limit: 5 }, ["split"], "a file");
  expect(() => refuse({ split: "train" }, ["range", "split"], "a file")).toThrow(
    'loadDataset: split must be left out for a file, got "train"',
  );
});
