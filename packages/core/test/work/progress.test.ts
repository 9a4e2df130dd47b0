import { expect, test } from "vitest";
import { advanced, beginning, type Progress, secondsLeft } from "../../src/work/progress.ts";

/** Does units one by one, each at its cost. */
const through = (progress: Progress, units: number, cost: (unit: number) => number): Progress => {
  let at = progress;
  for (let i = 0; i < units; i++) at = advanced(at, 1, cost(at.done));
  return at;
};

test("units of equal cost leave exactly their time, from the first one on", () => {
  let progress = beginning(200);
  expect(secondsLeft(progress)).toBeUndefined();
  for (let done = 1; done <= 200; done++) {
    progress = advanced(progress, 1, 0.5);
    expect(secondsLeft(progress)).toBeCloseTo((200 - done) * 0.5, 9);
  }
});

test("units in large pieces and in small ones leave the same time", () => {
  expect(secondsLeft(advanced(beginning(100), 30, 60))).toBeCloseTo(140, 9);
});

test("noise of ±50 % in what units cost moves the time left by less than a tenth", () => {
  const noise = (unit: number) => 1 + 0.5 * (unit % 2 === 0 ? 1 : -1);
  for (const done of [200, 500, 900])
    expect(secondsLeft(through(beginning(1000), done, noise))! / (1000 - done)).toBeCloseTo(1, 1);
});

test("after a change of pace the time left follows within a quarter of the work", () => {
  const slowed = through(beginning(1000), 500, (unit) => (unit < 250 ? 1 : 3));
  // e^−2 of what is remembered is of the old pace.
  expect(secondsLeft(slowed)! / 500).toBeGreaterThan(3 - 2 * 1.1 * Math.exp(-2));
});

test("stored and read, it goes on as if it had never stopped", () => {
  const pace = (unit: number) => 1 + (unit % 7) / 3;
  const half = through(beginning(100), 40, pace);
  const resumed: Progress = JSON.parse(JSON.stringify(half));
  expect(secondsLeft(resumed)).toBe(secondsLeft(half));
  expect(through(resumed, 20, pace)).toEqual(through(beginning(100), 60, pace));
});

test("nothing is left of finished work, nor of none", () => {
  expect(secondsLeft(beginning(0))).toBe(0);
  expect(secondsLeft(through(beginning(3), 3, () => 1))).toBe(0);
  expect(() => advanced(beginning(3), -1, 1)).toThrow("units and seconds must be 0 or more");
});
