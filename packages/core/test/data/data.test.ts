import { expect, test } from "vitest";
import { coordinateMap } from "../../src/data/in-units.ts";
import {
  AS_IS,
  checkData,
  type Data,
  dataOf,
  imageShape,
  rowsInUnits,
  SYMMETRIC,
  sliceSamples,
  slices,
  takeSamples,
} from "../../src/index.ts";

const values = Uint8Array.of(0, 10, 20, 30, 40, 50, 60, 70);

test("units with two channels give each half of the coordinates its factor and offset", () => {
  const data = dataOf(values, [4], { name: "two", a: [2, 3], b: [0, -1] });
  const { a, b } = coordinateMap(data);
  expect(Array.from(a)).toEqual([2, 2, 3, 3]);
  expect(Array.from(b)).toEqual([0, 0, -1, -1]);
  expect(Array.from(rowsInUnits("test", data, 1, 2))).toEqual([80, 100, 179, 209]);
});

const two = dataOf(values, [4], AS_IS);
const units = (a: number[], b: number[]) => ({ ...two, units: { name: "bad", a, b } });

test.each<[Data, string]>([
  [{ ...two, shape: [0] }, "data.shape must list positive integers, got [0]"],
  [{ ...two, shape: [] }, "data.shape must list positive integers, got []"],
  [{ ...two, shape: [3] }, "data.values must hold count (2) samples of 3 numbers, got 8"],
  [{ ...two, count: 3 }, "data.values must hold count (3) samples of 4 numbers, got 8"],
  [dataOf(new Float32Array(0), [3]), "data must hold at least 1 sample, got 0"],
  [{ ...two, labels: Uint8Array.of(1) }, "data.labels must be one a sample, 2, got 1"],
  [units([1, 1, 1], [0, 0, 0]), "one a and b for each channel"],
  [units([0], [0]), "factors other than 0"],
  [units([Number.NaN], [0]), "must be finite"],
  [{ ...two, units: undefined as never }, "AS_IS if they are really numbers"],
  [{ ...dataOf(new Float32Array(4), [4]), units: undefined as never }, "data.units must say"],
])("bad data are refused (%#)", (data, message) => {
  expect(() => checkData("test", data)).toThrow(message);
});

test("bytes need units, floats are taken as they are", () => {
  expect(() => dataOf(values, [4])).toThrow("dataOf: bytes must say in which units");
  expect(() => dataOf(values, [3], AS_IS)).toThrow("values must hold whole samples of 3 numbers");
  expect(dataOf(Float64Array.of(1, 2), [2])).toMatchObject({ count: 1, units: AS_IS });
});

test("the units of images have one channel, or those that the images have", () => {
  const image = dataOf(new Uint8Array(12), [3, 2, 2], SYMMETRIC);
  expect(checkData("test", image)).toBe(1);
  const two = { ...image, units: { name: "two", a: [1, 2], b: [0, 0] } };
  expect(() => checkData("test", two)).toThrow("for each channel of 3×2×2");
  expect(imageShape("test", image)).toEqual([3, 2, 2]);
  expect(() => imageShape("test", dataOf(new Float32Array(4), [4]))).toThrow("must be images");
});

test("a value that is not finite is named by its place", () => {
  const data = dataOf(Float32Array.of(1, 2, 3, Number.NaN), [2]);
  expect(() => rowsInUnits("moments", data, 1, 2)).toThrow(
    "moments: data.values must be finite (sample 1, coordinate 1), got NaN",
  );
});

const three: Data = {
  ...dataOf(Uint8Array.of(0, 10, 1, 11, 2, 12), [1, 1, 2], SYMMETRIC),
  labels: Uint8Array.of(5, 6, 7),
};

test("slices go through the data in order, the last one shorter, without a copy", () => {
  const [first, last, ...none] = [...slices(three, 2)];
  expect(none).toEqual([]);
  expect(first!.values).toEqual(Uint8Array.of(0, 10, 1, 11));
  expect(first!.labels).toEqual(Uint8Array.of(5, 6));
  expect(last!.values).toEqual(Uint8Array.of(2, 12));
  expect(last!.values.buffer).toBe(three.values.buffer);
  expect(first).toMatchObject({ count: 2, shape: [1, 1, 2], units: SYMMETRIC });
  expect(() => [...slices(three, 0)]).toThrow("slices: length must be a positive integer, got 0");
  expect(sliceSamples(three, 1, 2).values).toEqual(Uint8Array.of(1, 11));
});

test("samples are taken by their places, with their labels, as a copy", () => {
  const taken = takeSamples(three, [2, 0, 2, 2]);
  expect(taken.values).toEqual(Uint8Array.of(2, 12, 0, 10, 2, 12, 2, 12));
  expect(taken.labels).toEqual(Uint8Array.of(7, 5, 7, 7));
  expect(taken.count).toBe(4);
});
