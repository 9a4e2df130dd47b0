import { expect, test } from "vitest";
import { lossByLevel } from "../../src/run/loss-by-level.ts";

test("losses are averaged in their part of the way, and the very end counts to the last", () => {
  const losses = lossByLevel(4);
  losses.add([0, 0.24, 0.5], [1, 3, 5]);
  losses.add([1, 0.8], [7, 8]);
  expect(losses.means()).toEqual([2, null, 5, 7.5]);
});
