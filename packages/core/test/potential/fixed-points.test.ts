import { expect, test } from "vitest";
import { fixedPoints } from "../../src/index.ts";

test("wells and barriers of a double well, wherever the grid falls", () => {
  const slope = (x: Float64Array) => x.map((v) => v * (v - 1) * (v + 1));
  for (const points of [100, 101, 2000]) {
    const found = fixedPoints(slope, -2, 2, points);
    expect(found.map(({ stable }) => stable)).toEqual([true, false, true]);
    [-1, 0, 1].forEach((x, i) => {
      expect(found[i]!.x).toBeCloseTo(x, 14);
    });
  }
});

test("a slope that never changes sign has none", () => {
  expect(fixedPoints((x) => x.map((v) => v * v + 1), -1, 1)).toEqual([]);
});

test("wrong ranges are named", () => {
  const slope = (x: Float64Array) => x;
  expect(() => fixedPoints(slope, 1, 1)).toThrow(
    "fixedPoints: from must be less than to = 1, got 1",
  );
  expect(() => fixedPoints(slope, 0, 1, 1)).toThrow(
    "points must be an integer of at least 2, got 1",
  );
});
