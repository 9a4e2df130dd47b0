import { type Data, SYMMETRIC } from "@symbreak/core";
import { expect, test } from "vitest";
import { select } from "../../src/select/select.ts";

/** Five 1×1×2 images whose pixels tell their place, of classes 3 1 3 3 1. */
const set: Data = {
  name: "five",
  split: undefined,
  selection: [],
  units: SYMMETRIC,
  values: Uint8Array.of(0, 10, 1, 11, 2, 12, 3, 13, 4, 14),
  labels: Uint8Array.of(3, 1, 3, 3, 1),
  classNames: undefined,
  count: 5,
  shape: [1, 1, 2],
  source: "memory",
};

test("select keeps the first images of each class in the order of the file", () => {
  const kept = select(set, { perClass: 2 });
  expect(kept.values).toEqual(Uint8Array.of(0, 10, 1, 11, 2, 12, 4, 14));
  expect(kept.labels).toEqual(Uint8Array.of(3, 1, 3, 1));
  expect(kept.selection).toEqual(["first 2 per class"]);
});

test("select applies classes, then perClass, then limit", () => {
  const kept = select(set, { classes: [3], perClass: 3, limit: 2 });
  expect(kept.values).toEqual(Uint8Array.of(0, 10, 2, 12));
  expect(kept.count).toBe(2);
  expect(kept.selection).toEqual(["classes 3", "first 3 per class", "first 2"]);
});

test("select leaves the set that it chooses from unchanged", () => {
  select(set, { classes: [1] });
  expect(set.labels).toEqual(Uint8Array.of(3, 1, 3, 3, 1));
  expect(set.values[0]).toBe(0);
});

test("select works without labels as long as none are asked for", () => {
  const plain = { ...set, labels: undefined };
  expect(select(plain, { limit: 9 }).count).toBe(5);
  expect(() => select(plain, { perClass: 1 })).toThrow(
    'select: classes and perClass need a set with labels, got "five"',
  );
});

test("select names the class that is missing or too small", () => {
  expect(() => select(set, { classes: [1, 2] })).toThrow(
    "classes must list some of those in the set (1, 3), got 2",
  );
  expect(() => select(set, { classes: [] })).toThrow(RangeError);
  expect(() => select(set, { perClass: 3 })).toThrow(
    "perClass must be at most 2, all that class 1 has, got 3",
  );
  expect(() => select(set, { limit: 0 })).toThrow("limit must be a positive integer, got 0");
});

test("classes go by name too; a number that another class has for a name is told with its own name", () => {
  const named = { ...set, classNames: ["2", "cat", "5", "1"] };
  const byName = select(named, { classes: ["cat"] });
  expect(byName.labels).toEqual(select(set, { classes: [1] }).labels);
  expect(select(named, { classes: [3] }).selection).toEqual(["classes 3 (named 1)"]);
  expect(() => select(named, { classes: ["dog"] })).toThrow(
    'names of the set (2, cat, 5, 1), got "dog"',
  );
  expect(() => select(set, { classes: ["dog"] })).toThrow("has no names of classes");
});
