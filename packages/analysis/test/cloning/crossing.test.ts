import { discreteSchedule } from "@symbreak/core";
import { expect, test } from "vitest";
import { clockTime } from "../../src/clock-time.ts";
import { cloningCrossing } from "../../src/index.ts";

const chain = discreteSchedule();
const atIndices = (points: Record<number, number>) =>
  Object.entries(points).map(([index, value]) => ({
    ...clockTime({ ddpmIndex: Number(index) }, chain),
    value,
  }));

// Points of arXiv 2402.18491, read from the repository of its authors (MIT licence), to three digits.
test.each([
  [
    "MNIST",
    { 700: 0.521, 600: 0.575, 500: 0.677, 450: 0.741, 400: 0.823, 350: 0.905, 300: 0.954 },
    429.4,
    0.9446,
  ],
  ["CIFAR-10", { 600: 0.567, 500: 0.671, 450: 0.743, 400: 0.831, 300: 0.949 }, 431.7, 0.9547],
  ["LSUN", { 700: 0.614, 600: 0.703, 550: 0.772, 500: 0.809, 400: 0.893 }, 545.6, 1.5181],
])("the authors' curve for %s crosses where they say", (_, points, index, time) => {
  const found = cloningCrossing(atIndices(points), 0.775);
  expect(Math.abs(found!.ddpmIndex! - index)).toBeLessThan(0.5);
  expect(found!.ouTime).toBeCloseTo(time, 2);
});

test("between two points it is a straight line over the index", () => {
  const found = cloningCrossing(atIndices({ 500: 0.7, 400: 0.8 }), 0.775);
  expect(found!.ddpmIndex).toBeCloseTo(425, 9);
  expect(found!.ouTime).toBeCloseTo(clockTime({ ddpmIndex: 425 }, chain).ouTime, 9);
});

test("beyond the chain it is a straight line over OU time", () => {
  const points = [
    { ouTime: 8, ddpmIndex: null, value: 0.5 },
    { ouTime: 6, ddpmIndex: null, value: 0.9 },
  ];
  expect(cloningCrossing(points, 0.7)).toEqual({ ouTime: 7, ddpmIndex: null });
});

test("of several crossings the one nearest to the data counts, in whatever order the points come", () => {
  const wiggly = { 600: 0.6, 500: 0.8, 450: 0.7, 400: 0.9 };
  const found = cloningCrossing(atIndices(wiggly).reverse(), 0.775);
  expect(found!.ddpmIndex).toBeCloseTo(450 - (50 * 0.075) / 0.2, 9);
});

test("a curve that stays on one side, or is a single point, has none", () => {
  expect(cloningCrossing(atIndices({ 500: 0.9, 400: 0.95 }), 0.775)).toBeNull();
  expect(cloningCrossing(atIndices({ 500: 0.5, 400: 0.6 }), 0.775)).toBeNull();
  expect(cloningCrossing(atIndices({ 500: 0.5 }), 0.775)).toBeNull();
});
