import { discreteSchedule } from "@symbreak/core";
import { expect, test } from "vitest";
import { chainName, chainTime } from "../src/chain-time.ts";

const schedule = discreteSchedule();

test("a time has the authors' index and the nearest", () => {
  expect(chainTime(0.5 * Math.log(7.66), schedule)).toMatchObject({
    ddpmIndex: 446,
    nearestIndex: 446,
  });
  expect(chainTime(0.5 * Math.log(16.72), schedule).ddpmIndex).toBe(526);
});

test("a time beyond the chain's end has no index", () => {
  expect(chainTime(5.1, schedule)).toEqual({ ouTime: 5.1, ddpmIndex: null, nearestIndex: null });
});

test("a chain is named by its steps and its end", () => {
  expect(chainName(schedule).steps).toBe(1000);
  expect(chainName(schedule).finalAlphaBar).toBeCloseTo(4.03583e-5, 10);
});
