import { expect, test } from "vitest";
import { arrayImages, type Layout } from "../../src/formats/array-images.ts";
import type { NpyArray } from "../../src/formats/parse-npy.ts";

const array = (...shape: number[]): NpyArray => {
  const count = shape.reduce((product, n) => product * n, 1);
  return { shape, type: "u1", data: Uint8Array.from({ length: count }, (_, i) => i) };
};
const shapeOf = (shape: number[], layout?: Layout) =>
  arrayImages(array(...shape), "x.npy", layout && { layout }).shape;

test("N×H×W has one channel", () => {
  const { values: images, shape, count } = arrayImages(array(2, 2, 3), "x.npy");
  expect(shape).toEqual([1, 2, 3]);
  expect(count).toBe(2);
  expect(Array.from(images)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

test("channels that stand last are brought to the front", () => {
  const { values: images, shape } = arrayImages(array(2, 2, 1, 3), "x.npy");
  expect(shape).toEqual([3, 2, 1]);
  expect(Array.from(images)).toEqual([0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11]);
});

test("channels that stand second stay where they are", () => {
  const { values: images, shape } = arrayImages(array(1, 3, 2, 2), "x.npy");
  expect(shape).toEqual([3, 2, 2]);
  expect(Array.from(images)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

test("flat rows are a square, three square channels, or a strip", () => {
  expect(shapeOf([1, 16])).toEqual([1, 4, 4]);
  expect(shapeOf([1, 12])).toEqual([3, 2, 2]);
  expect(shapeOf([1, 7])).toEqual([1, 1, 7]);
});

test("layout decides where both axes, or neither, could be channels", () => {
  expect(() => shapeOf([1, 3, 3, 3])).toThrow("channels on one axis; give layout to say which");
  expect(shapeOf([1, 3, 4, 3], "NCHW")).toEqual([3, 4, 3]);
  expect(shapeOf([1, 3, 4, 3], "NHWC")).toEqual([3, 3, 4]);
  expect(() => shapeOf([1, 5, 5, 4])).toThrow("1 or 3 channels on the last or second axis");
  expect(shapeOf([1, 5, 6, 4], "NHWC")).toEqual([4, 5, 6]);
});

test("other numbers of dimensions, and arrays without images, are refused", () => {
  expect(() => shapeOf([5])).toThrow("x.npy: expected an array of 2, 3 or 4 dimensions, found (5)");
  expect(() => shapeOf([1, 1, 1, 1, 1])).toThrow("(1, 1, 1, 1, 1)");
  expect(() => shapeOf([0, 4, 4])).toThrow("expected at least one image and one pixel");
  expect(() => shapeOf([4, 0])).toThrow("expected at least one image and one pixel");
});
