import { discreteSchedule, levelAt, ou } from "@symbreak/core";
import { expect, test } from "vitest";
import { clockTime, levelTime } from "../src/clock-time.ts";

const schedule = discreteSchedule();

test("a level of the chain comes back at its whole index, and its OU time is −½ ln alphaBar", () => {
  for (const index of [0, 7, 400, 999]) {
    const { ouTime, ddpmIndex } = levelTime(levelAt(schedule, index), schedule);
    expect(ddpmIndex).toBe(index);
    expect(ouTime).toBeCloseTo(-0.5 * Math.log(schedule.alphaBars[index]!), 10);
  }
});

test("levels of other processes have their place between indices, and beyond the chain none", () => {
  const { ddpmIndex } = levelTime(ou().level(1.0182), schedule);
  expect(ddpmIndex).toBeGreaterThan(445);
  expect(ddpmIndex).toBeLessThan(447);
  expect(clockTime({ ouTime: 6 }, schedule)).toEqual({ ouTime: 6, ddpmIndex: null });
});
