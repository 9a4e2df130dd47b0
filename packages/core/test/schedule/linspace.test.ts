import { expect, test } from "vitest";
import { linspace } from "../../src/index.ts";

test("both ends are exact, the middle even, and one point is the start", () => {
  expect([...linspace(0, 1, 5)]).toEqual([0, 0.25, 0.5, 0.75, 1]);
  const points = linspace(1e-4, 0.02, 1000);
  expect([points[0], points[999]]).toEqual([1e-4, 0.02]);
  expect([...linspace(3, 7, 1)]).toEqual([3]);
});

test("in float32 the ends are float32 numbers, and so is each point", () => {
  const points = linspace(1e-4, 0.02, 11, "float32");
  expect([points[0], points[10]]).toEqual([Math.fround(1e-4), Math.fround(0.02)]);
  expect(points.map(Math.fround)).toEqual(points);
});
