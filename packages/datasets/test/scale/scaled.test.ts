import { expect, test } from "vitest";
import { SCALES, scaleOf } from "../../src/scale/scale.ts";
import { applyScale, scaled, toBytes } from "../../src/scale/scaled.ts";
import { imageSet } from "../support/image-set.ts";

const set = imageSet([0, 2, 10, 10, 4, 6, 10, 255], { count: 2, shape: [2, 1, 2] });

test("every number is a · u8 + b of its channel, rounded once", () => {
  const { data, scale } = scaled(set, "zscore");
  const { a, b } = scale;
  const channelOf = [0, 0, 1, 1, 0, 0, 1, 1];
  const expected = channelOf.map((c, i) => a[c]! * set.images[i]! + b[c]!);
  expect(data).toEqual(Float32Array.from(expected));
});

test("unit and symmetric hit their ends exactly", () => {
  const ends = imageSet([0, 255]);
  expect(Array.from(scaled(ends, "unit").data)).toEqual([0, 1]);
  expect(Array.from(scaled(ends, "symmetric").data)).toEqual([-1, 1]);
});

test("another set's scale may be given", () => {
  const train = scaleOf(set, "zscore");
  const test = imageSet([1, 2], { count: 1, shape: [2, 1, 1] });
  const { data, scale } = scaled(test, train);
  expect(scale).toBe(train);
  expect(data[1]).toBeCloseTo(train.a[1]! * 2 + train.b[1]!, 6);
  expect(() => scaled(imageSet([1]), train)).toThrow("scale must have 1 channels");
});

test("toBytes undoes any scale", () => {
  for (const name of SCALES) {
    const { data, scale } = scaled(set, name);
    expect(toBytes(data, set.shape, scale)).toEqual(set.images);
  }
});

test("toBytes cuts off what lies beyond black and white", () => {
  const scale = scaleOf(imageSet([0, 255]), "symmetric");
  expect(toBytes([-9, 0, 9, Number.NaN], [1, 1, 1], scale)).toEqual(Uint8Array.of(0, 128, 255, 0));
});

test("applyScale takes any whole number of images", () => {
  const scale = scaleOf(set, "trace");
  const all = applyScale(set.images, set.shape, scale);
  expect(applyScale(set.images.subarray(4), set.shape, scale)).toEqual(all.subarray(4));
});
