import { expect, test } from "vitest";
import { classDiversity, classHistogram, entropyBits } from "../../src/index.ts";

test("an even histogram over ten classes has log2 10 bits and no divergence from itself", () => {
  const even = new Array<number>(10).fill(12);
  const found = classDiversity(even, even);
  expect(found.entropy).toBeCloseTo(Math.log2(10), 12);
  expect(found).toMatchObject({ kl: 0, js: 0 });
});

test("counts, shares and percentages that miss 100 say the same", () => {
  expect(classDiversity([1, 3], [2, 2])).toEqual(classDiversity([0.25, 0.75], [49, 49]));
  const { kl } = classDiversity([1, 3], [2, 2]);
  expect(kl).toBeCloseTo(0.25 * Math.log2(0.5) + 0.75 * Math.log2(1.5), 14);
});

test("a class that the data lack makes the KL infinite but not the JS", () => {
  expect(classDiversity([1, 1], [1, 0]).kl).toBe(Infinity);
  expect(classDiversity([1, 0], [0, 1]).js).toBe(1);
});

test("a histogram counts labels and refuses strangers", () => {
  expect(classHistogram(Uint8Array.of(1, 1, 3), 4)).toEqual([0, 2, 0, 1]);
  expect(() => classHistogram([4], 4)).toThrow("labels must be integers from 0 to 3, got 4");
  expect(() => classDiversity([0, 0], [1, 1])).toThrow("not all 0");
  expect(() => classDiversity([1], [1, 1])).toThrow("both histograms");
});

test("entropy is in bits", () => {
  expect(entropyBits([0.5, 0.25, 0.25])).toBe(1.5);
});
