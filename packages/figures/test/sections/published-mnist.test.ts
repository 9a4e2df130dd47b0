import { expect, test } from "vitest";
import { publishedCurve } from "../../src/sections/clone/published-mnist.ts";

test("the published curve stands beside its own data only", () => {
  const data = { dataset: "mnist", classes: [1, 8], scale: "unit" };
  const found = publishedCurve(data)!;
  expect(found.crossing.ouTime).toBeCloseTo(0.9446, 3);
  expect(found.points[0]!.time).toBeCloseTo(2.49, 2);
  expect(publishedCurve({ ...data, scale: "symmetric" })).toBeUndefined();
  expect(publishedCurve({ ...data, classes: [0, 1] })).toBeUndefined();
});
