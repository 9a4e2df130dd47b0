import { expect, test } from "vitest";
import { arrayBytes } from "../../src/formats/array-bytes.ts";
import type { NpyData } from "../../src/formats/parse-npy.ts";

const bytesOf = (data: NpyData, type: string, range?: readonly [number, number]): number[] =>
  Array.from(arrayBytes({ shape: [data.length], type, data }, "x.npy", range));

test("bytes stay the bytes they are, without a copy", () => {
  const data = Uint8Array.of(0, 1, 255);
  expect(arrayBytes({ shape: [3], type: "u1", data }, "x.npy")).toBe(data);
});

test("integers of other types are taken when they are bytes", () => {
  expect(bytesOf(Int32Array.of(0, 16, 255), "i4")).toEqual([0, 16, 255]);
  expect(bytesOf(Float64Array.of(0, 16, 255), "f8")).toEqual([0, 16, 255]);
});

test("floats on the grid of u8/255 or u8/127.5 − 1 give the bytes they came from", () => {
  const all = Array.from({ length: 256 }, (_, byte) => byte);
  expect(
    bytesOf(
      Float32Array.from(all, (byte) => byte / 255),
      "f4",
    ),
  ).toEqual(all);
  expect(
    bytesOf(
      Float32Array.from(all, (byte) => byte / 127.5 - 1),
      "f4",
    ),
  ).toEqual(all);
});

test("booleans, and floats of 0 and 1 alone, are black and white", () => {
  expect(bytesOf(Uint8Array.of(0, 1), "b1")).toEqual([0, 255]);
  expect(bytesOf(Float32Array.of(0, 1), "f4")).toEqual([0, 255]);
});

test("values that are no bytes are refused, and the message says which there are and what to give", () => {
  expect(() => bytesOf(Float32Array.of(0.5, 0.25), "f4")).toThrow(
    "x.npy: expected pixels that are bytes: integers of 0 to 255, k/255, or k/127.5 − 1, found f4 values from 0.25 to 0.5. " +
      "Give range, the values that stand for black and white, to round them to 256 levels",
  );
  expect(() => bytesOf(Int16Array.of(0, 256), "i2")).toThrow("i2 values from 0 to 256");
  expect(() => bytesOf(Int8Array.of(-1, 1), "i1")).toThrow("i1 values from -1 to 1");
});

test("a range maps its ends to 0 and 255 and rounds between", () => {
  expect(bytesOf(Uint8Array.of(0, 8, 16), "u1", [0, 16])).toEqual([0, 128, 255]);
  expect(bytesOf(Float32Array.of(-3, 0, 3), "f4", [-3, 3])).toEqual([0, 128, 255]);
  expect(() => bytesOf(Uint8Array.of(0, 17), "u1", [0, 16])).toThrow(
    "expected values from 0 to 16, the range given, found 0 to 17",
  );
});

test("a range may be turned round, and must not be empty or endless", () => {
  expect(bytesOf(Uint8Array.of(0, 4, 16), "u1", [16, 0])).toEqual([255, 191, 0]);
  for (const range of [
    [1, 1],
    [0, Number.NaN],
    [0, Number.POSITIVE_INFINITY],
  ] as const) {
    expect(() => bytesOf(Uint8Array.of(0), "u1", range)).toThrow(RangeError);
  }
});
