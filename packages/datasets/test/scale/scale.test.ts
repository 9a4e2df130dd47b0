import { expect, test } from "vitest";
import { describeScale, SCALES, type ScaleName, scaleOf } from "../../src/scale/scale.ts";
import { imageSet } from "../support/image-set.ts";

const set = imageSet([0, 2, 10, 10, 4, 6, 10, 30], { count: 2, shape: [2, 1, 2] });

test("unit is u8/255, symmetric is u8/127.5 − 1, in each channel", () => {
  expect(scaleOf(set, "unit")).toMatchObject({ a: [1 / 255, 1 / 255], b: [0, 0] });
  expect(scaleOf(set, "symmetric")).toMatchObject({ a: [1 / 127.5, 1 / 127.5], b: [-1, -1] });
});

test("zscore takes each channel to mean 0 and deviation 1", () => {
  const { a, b } = scaleOf(set, "zscore");
  expect(a[0]).toBeCloseTo(1 / Math.sqrt(5), 14);
  expect(b[0]).toBeCloseTo(-3 / Math.sqrt(5), 14);
  expect(b[1]).toBeCloseTo(-15 / Math.sqrt(75), 14);
});

test("trace divides all channels by one number, the root of Tr C/d", () => {
  // Variances of the four coordinates (0, 4), (2, 6), (10, 10), (10, 30): 4, 4, 0, 100.
  const { a, b } = scaleOf(set, "trace");
  expect(a[0]).toBeCloseTo(1 / Math.sqrt(27), 14);
  expect(a[1]).toBe(a[0]);
  expect(b[0]).toBeCloseTo(-3 / Math.sqrt(27), 14);
});

test("inverse leads back to the byte, for every scale", () => {
  for (const name of SCALES) {
    const { a, b, inverse } = scaleOf(set, name);
    for (const byte of [0, 77, 255]) {
      for (const c of [0, 1]) {
        const x = a[c]! * byte + b[c]!;
        expect(inverse.a[c]! * x + inverse.b[c]!).toBeCloseTo(byte, 10);
      }
    }
  }
});

test("a scale is plain JSON and prints in one line", () => {
  for (const name of SCALES) {
    const scale = scaleOf(set, name);
    expect(JSON.parse(JSON.stringify(scale))).toEqual(scale);
  }
  expect(SCALES.map((name) => describeScale(scaleOf(set, name)))).toEqual([
    "unit: x = u8/255",
    "symmetric: x = u8/127.5 − 1",
    "zscore: x = (u8 − 3)/2.23607, (u8 − 15)/8.66025",
    "trace: x = (u8 − 3)/5.19615, (u8 − 15)/5.19615",
  ]);
});

test("an unknown scale, and images that do not vary, are refused", () => {
  expect(() => scaleOf(set, "byte" as ScaleName)).toThrow(
    'scaleOf: scale must be one of unit, symmetric, zscore, trace, got "byte"',
  );
  const constant = imageSet([7, 7, 7, 7], { count: 4 });
  for (const name of ["zscore", "trace"] as const) {
    expect(() => scaleOf(constant, name)).toThrow("needs pixels that vary");
  }
});
