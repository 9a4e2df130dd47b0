import { expect, test } from "vitest";
import { percentileInterval } from "../../src/statistics/percentile-interval.ts";

test("the middle 95 % of 0 … 1000 runs from 25 to 975", () => {
  const values = Array.from({ length: 1001 }, (_, i) => 1000 - i);
  expect(percentileInterval(values)).toEqual({ low: 25, high: 975 });
  expect(percentileInterval([3])).toEqual({ low: 3, high: 3 });
});
