import { expect, test } from "vitest";
import { smallest } from "../../src/neighbours/smallest.ts";

test("the smallest are kept in order, the earlier of equal ones first", () => {
  const { values, indices, offer } = smallest(2, 3);
  for (const [index, value] of [5, 1, 4, 1, 9, 3].entries()) offer(1, value, index);
  expect(Array.from(values.subarray(3))).toEqual([1, 1, 3]);
  expect(Array.from(indices)).toEqual([-1, -1, -1, 1, 3, 5]);
  offer(0, Number.NaN, 7);
  expect(values[0]).toBe(Infinity);
});
