import { expect, test } from "vitest";
import { discreteSchedule, speciationIndices, speciationOuTime } from "../../src/index.ts";

const schedule = discreteSchedule();

test.each([
  [7.66, 1.02, 446],
  [16.72, 1.41, 526],
  [3.05, 0.56, 329],
  [12.11, 1.25, 495],
  [60.52, 2.05, 635],
])("the authors' Lambda %d gives their t_S and their index", (lambda, time, index) => {
  expect(speciationOuTime(lambda)).toBeCloseTo(time, 2);
  expect(speciationIndices(lambda, schedule).first).toBe(index);
});

test("the first index below and the nearest differ by at most one", () => {
  for (const lambda of [1.5, 7.66, 49.556, 1000]) {
    const { first, nearest } = speciationIndices(lambda, schedule);
    expect(first! - nearest).toBeGreaterThanOrEqual(0);
    expect(first! - nearest).toBeLessThanOrEqual(1);
    expect(schedule.alphaBars[first!]).toBeLessThan(1 / lambda);
    expect(schedule.alphaBars[first! - 1]).toBeGreaterThanOrEqual(1 / lambda);
  }
});

test("four times the variance, as in [−1, 1], is ln 2 more time", () => {
  expect(speciationOuTime(4 * 7.66)! - speciationOuTime(7.66)!).toBeCloseTo(Math.LN2, 14);
});

test("a chain too short, a variance below the noise, a variance that is none", () => {
  expect(speciationIndices(1e9, schedule).first).toBeUndefined();
  expect(speciationIndices(0.5, schedule).first).toBe(0);
  expect(speciationOuTime(0.5)).toBeNull();
  expect(speciationOuTime(1)).toBeNull();
  expect(() => speciationOuTime(0)).toThrow("speciationOuTime: lambda must be positive, got 0");
  expect(() => speciationIndices(-1, schedule)).toThrow(
    "speciationIndices: lambda must be positive",
  );
});
