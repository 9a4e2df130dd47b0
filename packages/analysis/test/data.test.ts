import { expect, test } from "vitest";
import { coordinateScale, countOf, scaledRows } from "../src/data.ts";

const values = Uint8Array.of(0, 10, 20, 30, 40, 50, 60, 70);

test("a scale with two channels gives each half of the coordinates its factor and offset", () => {
  const scale = { a: [2, 3], b: [0, -1] };
  const { a, b } = coordinateScale({ values, size: 4, scale });
  expect(Array.from(a)).toEqual([2, 2, 3, 3]);
  expect(Array.from(b)).toEqual([0, 0, -1, -1]);
  expect(Array.from(scaledRows("test", { values, size: 4, scale }, 1, 2))).toEqual([
    80, 100, 179, 209,
  ]);
});

test.each([
  [{ values, size: 0 }, "data.size must be a positive integer, got 0"],
  [{ values, size: 3 }, "data.values must hold whole samples of 3 numbers, got 8"],
  [{ values: new Float32Array(0), size: 3 }, "data must hold at least 1 sample, got 0"],
  [{ values, size: 4, scale: { a: [1, 1, 1], b: [0, 0, 0] } }, "one a and b for each channel"],
  [{ values, size: 4, scale: { a: [0], b: [0] } }, "factors other than 0"],
  [{ values, size: 4, scale: { a: [Number.NaN], b: [0] } }, "must be finite"],
])("bad data are refused (%#)", (data, message) => {
  expect(() => countOf("test", data)).toThrow(message);
});

test("a value that is not finite is named by its place", () => {
  const data = { values: Float32Array.of(1, 2, 3, Number.NaN), size: 2 };
  expect(() => scaledRows("moments", data, 1, 2)).toThrow(
    "moments: data.values must be finite (sample 1, coordinate 1), got NaN",
  );
});
