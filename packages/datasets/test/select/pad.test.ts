import { expect, test } from "vitest";
import { pad } from "../../src/select/pad.ts";
import { imageSet } from "../support/image-set.ts";

test("each image stands in the middle of a square of zeros", () => {
  const set = imageSet([1, 2, 3, 4, 5, 6, 7, 8], { count: 2, shape: [1, 2, 2] });
  const padded = pad(set, 4);
  expect(padded).toMatchObject({ count: 2, shape: [1, 4, 4], selection: ["pad 4"] });
  expect(Array.from(padded.values.subarray(0, 16))).toEqual([
    0, 0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 0, 0, 0, 0, 0,
  ]);
  expect(Array.from(padded.values.subarray(20, 28))).toEqual([0, 5, 6, 0, 0, 7, 8, 0]);
});

test("channels are padded one by one, and what is left over goes to the bottom and right", () => {
  const padded = pad(imageSet([1, 2], { count: 1, shape: [2, 1, 1] }), 2, 9);
  expect(Array.from(padded.values)).toEqual([1, 9, 9, 9, 2, 9, 9, 9]);
  expect(padded.selection).toEqual(["pad 2 with 9"]);
});

test("images that are not square become so", () => {
  const padded = pad(imageSet([1, 2, 3], { count: 1, shape: [1, 1, 3] }), 3);
  expect(Array.from(padded.values)).toEqual([0, 0, 0, 1, 2, 3, 0, 0, 0]);
});

test("a size below the image's, and a value that is no byte, are refused", () => {
  const set = imageSet([1, 2, 3], { count: 1, shape: [1, 1, 3] });
  expect(() => pad(set, 2)).toThrow("pad: size must be an integer of at least 3, got 2");
  expect(() => pad(set, 4, -1)).toThrow(
    "pad: value must be a byte (0 to 255, before scaling), got -1",
  );
});
