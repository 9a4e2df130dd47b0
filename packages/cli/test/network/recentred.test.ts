import type { Data } from "@symbreak/core";
import { pad } from "@symbreak/datasets";
import { expect, test } from "vitest";
import { canCrop, recentred } from "../../src/network/recentred.ts";
import { tinySet } from "../support/tiny-set.ts";

const same = { a: [1], b: [0], margin: [7] };

test("cropping undoes padding, odd margins included", () => {
  const set = tinySet(3, [1, 4, 5]);
  for (const size of [6, 7, 9]) {
    const { values: images } = pad(set, size);
    const back = recentred(images, [1, size, size], [1, 4, 5], same);
    expect([...back]).toEqual([...set.values]);
  }
});

test("growing puts images in the middle of a margin, as pad does", () => {
  const set = tinySet(2, [1, 3, 3]);
  const padded: Data = pad(set, 6, 7);
  expect([...recentred(set.values, [1, 3, 3], [1, 6, 6], same)]).toEqual([...padded.values]);
});

test("each channel changes its units", () => {
  const change = { a: [2, 3], b: [1, 0], margin: [0, 0] };
  expect([...recentred([1, 2], [2, 1, 1], [2, 1, 1], change)]).toEqual([3, 6]);
  expect(() => recentred([1, 2], [2, 1, 1], [1, 1, 1], change)).toThrow(
    "2 channels cannot be shown",
  );
});

test("only larger images of as many channels can be cropped to another kind's size", () => {
  expect(canCrop([1, 32, 32], [1, 28, 28])).toBe(true);
  expect(canCrop([1, 28, 28], [1, 28, 28])).toBe(true);
  expect(canCrop([1, 28, 32], [1, 32, 28])).toBe(false);
  expect(canCrop([3, 32, 32], [1, 28, 28])).toBe(false);
});
