import { expect, test } from "vitest";
import {
  AS_IS,
  alreadyIn,
  checkUnits,
  dataOf,
  describeUnits,
  inUnits,
  SYMMETRIC,
  sameUnits,
  toBytes,
  UNIT,
  UNITS,
  type UnitsName,
  unitsOf,
  withUnits,
} from "../../src/index.ts";

const data = dataOf(Uint8Array.of(0, 2, 10, 10, 4, 6, 10, 30), [2, 1, 2], AS_IS);
const to255 = dataOf(Uint8Array.of(0, 2, 10, 10, 4, 6, 10, 255), [2, 1, 2], AS_IS);

test("unit is u8/255, symmetric is u8/127.5 − 1, in each channel", () => {
  expect(unitsOf(data, "unit")).toMatchObject({ a: [1 / 255], b: [0] });
  expect(unitsOf(data, "symmetric")).toMatchObject({ a: [1 / 127.5], b: [-1] });
});

test("zscore takes each channel to mean 0 and deviation 1", () => {
  const { a, b } = unitsOf(data, "zscore");
  expect(a[0]).toBeCloseTo(1 / Math.sqrt(5), 14);
  expect(b[0]).toBeCloseTo(-3 / Math.sqrt(5), 14);
  expect(b[1]).toBeCloseTo(-15 / Math.sqrt(75), 14);
});

test("trace divides all channels by one number, the root of Tr C/d", () => {
  // Variances of the four coordinates (0, 4), (2, 6), (10, 10), (10, 30): 4, 4, 0, 100.
  const { a, b } = unitsOf(data, "trace");
  expect(a[0]).toBeCloseTo(1 / Math.sqrt(27), 14);
  expect(a[1]).toBe(a[0]);
  expect(b[0]).toBeCloseTo(-3 / Math.sqrt(27), 14);
});

test("units are plain JSON and print in one line", () => {
  for (const name of UNITS) {
    const units = unitsOf(data, name);
    expect(JSON.parse(JSON.stringify(units))).toEqual(units);
  }
  expect(UNITS.map((name) => describeUnits(unitsOf(data, name)))).toEqual([
    "unit: x = u8/255",
    "symmetric: x = u8/127.5 − 1",
    "zscore: x = (u8 − 3)/2.23607, (u8 − 15)/8.66025",
    "trace: x = (u8 − 3)/5.19615, (u8 − 15)/5.19615",
    "as-is: x as it is",
  ]);
});

test("unknown units, and values that do not vary, are refused", () => {
  expect(() => unitsOf(data, "byte" as UnitsName)).toThrow(
    'unitsOf: units must be one of unit, symmetric, zscore, trace, as-is, got "byte"',
  );
  const constant = dataOf(Uint8Array.of(7, 7, 7, 7), [1, 1, 1], AS_IS);
  for (const name of ["zscore", "trace"] as const) {
    expect(() => unitsOf(constant, name)).toThrow("needs values that vary");
  }
  for (const name of ["unit", "symmetric"] as const) {
    expect(() => unitsOf(dataOf(Float32Array.of(1), [1]), name)).toThrow("is of bytes");
  }
});

test("every number is a · u8 + b of its channel, rounded once", () => {
  const seen = withUnits(to255, "zscore");
  const { a, b } = seen.units;
  const channelOf = [0, 0, 1, 1, 0, 0, 1, 1];
  const expected = channelOf.map((c, i) => a[c]! * to255.values[i]! + b[c]!);
  expect(inUnits(seen)).toEqual(Float32Array.from(expected));
});

test("unit and symmetric hit their ends exactly", () => {
  const ends = dataOf(Uint8Array.of(0, 255), [1, 1, 1], UNIT);
  expect(Array.from(inUnits(ends))).toEqual([0, 1]);
  expect(Array.from(inUnits(withUnits(ends, "symmetric")))).toEqual([-1, 1]);
});

test("another set's units may be given", () => {
  const train = withUnits(to255, "zscore").units;
  const test = withUnits(dataOf(Uint8Array.of(1, 2), [2, 1, 1], AS_IS), train);
  expect(test.units).toBe(train);
  expect(inUnits(test)[1]).toBeCloseTo(train.a[1]! * 2 + train.b[1]!, 6);
  const gray = dataOf(Uint8Array.of(1), [1, 1, 1], train);
  expect(() => inUnits(gray)).toThrow("one a and b for each channel of 1×1×1");
});

test("toBytes undoes any units", () => {
  for (const name of UNITS) {
    const seen = withUnits(to255, name);
    expect(toBytes(inUnits(seen), seen.shape, seen.units)).toEqual(to255.values);
  }
});

test("toBytes cuts off what lies beyond black and white", () => {
  expect(toBytes([-9, 0, 9, Number.NaN], [1, 1, 1], SYMMETRIC)).toEqual(
    Uint8Array.of(0, 128, 255, 0),
  );
});

test("units are the same by name and map, or when one side is in them already", () => {
  const zscore = unitsOf(data, "zscore");
  expect(sameUnits(zscore, unitsOf(data, "zscore"))).toBe(true);
  expect(sameUnits(zscore, unitsOf(to255, "zscore"))).toBe(false);
  expect(sameUnits(zscore, alreadyIn(zscore))).toBe(true);
  expect(sameUnits(SYMMETRIC, UNIT)).toBe(false);
  expect(sameUnits(AS_IS, SYMMETRIC)).toBe(false);
  // One a and b for all channels is the same as one for each.
  const each = { name: "symmetric", a: [1 / 127.5, 1 / 127.5], b: [-1, -1] };
  expect(sameUnits(each, SYMMETRIC)).toBe(true);
});

test("other units are refused by both names, unknown ones pass", () => {
  expect(() => checkUnits("chooseStart", "moments", UNIT, SYMMETRIC)).toThrow(
    'chooseStart: moments must be in the units "symmetric", got "unit"',
  );
  const [zscore, other] = [unitsOf(data, "zscore"), unitsOf(to255, "zscore")];
  expect(() => checkUnits("chooseStart", "moments", zscore, other)).toThrow(describeUnits(other));
  expect(() => checkUnits("chooseStart", "moments", undefined, SYMMETRIC)).not.toThrow();
});
