import { timesteps } from "@symbreak/core";
import { expect, test } from "vitest";
import { usualStart } from "../../src/late-start/start-grid.ts";

test("the usual start is the first timestep of leading spacing, and its grid that of a late start from there", () => {
  for (const [steps, start] of [
    [3, 666],
    [5, 800],
    [8, 875],
    [10, 900],
    [20, 950],
  ] as const) {
    expect(usualStart(steps)).toBe(start);
    expect(timesteps("late", steps, { start })).toEqual(timesteps("leading", steps));
  }
  expect(() => usualStart(1)).toThrow("steps must be an integer in 2 … 1000");
});
