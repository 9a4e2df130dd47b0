import { discreteSchedule } from "@symbreak/core";
import { expect, test } from "vitest";
import { speciationTime } from "../../src/index.ts";

test("the authors' Λ of MNIST 1 and 8 has their index; its further digits lead to the next", () => {
  expect(speciationTime(7.66)).toMatchObject({ ddpmIndex: 446, nearestIndex: 446 });
  expect(speciationTime(16.72).ddpmIndex).toBe(526);
  expect(speciationTime(7.667354978900857, { scale: "unit" })).toMatchObject({
    lambda: 7.667354978900857,
    ouTime: expect.closeTo(1.0184858515438517, 14),
    ddpmIndex: 447,
    nearestIndex: 446,
    scale: "unit",
    schedule: { steps: 1000 },
  });
});

test.each([
  [0.1, 95, 0.04991704],
  [1, 292, 0.44068679],
  [10, 542, 1.49911148],
  [1000, 866, 3.80045135],
])("the instability law at Λ = %d is at index %i", (lambda, index, time) => {
  const { instability } = speciationTime(lambda);
  expect(instability.nearestIndex).toBe(index);
  expect(instability.ouTime).toBeCloseTo(time, 8);
  expect(instability.alphaBar).toBeCloseTo(Math.hypot(1, lambda) - lambda, 12);
});

test("up to Λ = 1 the time is never, beyond the chain there is no index", () => {
  for (const lambda of [0.25, 0.5, 1])
    expect(speciationTime(lambda)).toMatchObject({
      ...{ lambda, ouTime: null, alphaBar: null, ddpmIndex: null, nearestIndex: null },
      instability: { alphaBar: expect.closeTo(Math.hypot(1, lambda) - lambda, 12) },
    });
  expect(speciationTime(1e6)).toMatchObject({ ddpmIndex: null, nearestIndex: null });
  const schedule = discreteSchedule({ steps: 100 });
  expect(speciationTime(7.67, { schedule })).toMatchObject({ ddpmIndex: null });
});

test("constant data have no speciation time", () => {
  expect(() => speciationTime(0)).toThrow("lambda must be positive, got 0");
});
