import { discreteSchedule } from "@symbreak/core";
import { expect, test } from "vitest";
import { timesShown } from "../../src/clone/branch-pictures.ts";
import { indicesAround } from "../../src/clone/clone-times.ts";
import { publishedCurve } from "../../src/clone/published-mnist.ts";

test("clones are made at every 50th index about t_S, within the chain", () => {
  const chain = discreteSchedule();
  expect(indicesAround(1.0185, chain)).toEqual([650, 600, 550, 500, 450, 400, 350, 300, 250]);
  expect(indicesAround(4.9, chain)).toEqual([950, 900, 850, 800]);
  expect(indicesAround(-0.3, chain)).toEqual([200, 150, 100, 50]);
  expect(indicesAround(9, chain)).toEqual([950, 900, 850, 800]);
});

test("of many times five are shown, the first and the last among them", () => {
  expect(timesShown([1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual([1, 3, 5, 7, 9]);
  expect(timesShown([1, 2])).toEqual([1, 2]);
  expect(timesShown([4])).toEqual([4]);
});

test("the published curve stands beside its own data only", () => {
  const data = { dataset: "mnist", classes: [1, 8], scale: "unit" };
  const found = publishedCurve(data)!;
  expect(found.crossing.ouTime).toBeCloseTo(0.9446, 3);
  expect(found.points[0]!.time).toBeCloseTo(2.49, 2);
  expect(publishedCurve({ ...data, scale: "symmetric" })).toBeUndefined();
  expect(publishedCurve({ ...data, classes: [0, 1] })).toBeUndefined();
});
