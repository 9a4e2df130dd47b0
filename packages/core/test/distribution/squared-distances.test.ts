import { expect, test } from "vitest";
import { squaredDistances } from "../../src/distribution/squared-distances.ts";

test("distances to a slice of the data, at any scale of the signal", () => {
  const data = Float64Array.of(9, 9, 9, 0, 0, 0, 2, 4, 6);
  const x = Float64Array.of(1, 2, 3, 0, 0, 1);
  expect([...squaredDistances(x, data, 3, 0.5, 1, 3)]).toEqual([14, 0, 1, 1 + 4 + 4]);
});

test("a distance far smaller than the points themselves keeps its digits", () => {
  const size = 7;
  const data = new Float64Array(size).fill(1000);
  const x = data.map((value, i) => value + (i === 6 ? 2 ** -30 : 0));
  expect(squaredDistances(x, data, size, 1, 0, 1)[0]).toBe(2 ** -60);
});
