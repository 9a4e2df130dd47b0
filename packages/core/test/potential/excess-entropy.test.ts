import { expect, test } from "vitest";
import {
  classEntropy,
  classSignal,
  collapseOuTime,
  twoGaussiansExcessEntropy,
} from "../../src/index.ts";
import { ouLevel } from "../variance-preserving.ts";

const at = (size: number, time: number, deviation = 1): number =>
  twoGaussiansExcessEntropy(
    { mean: Math.sqrt(size), deviation },
    { count: 20_000, size },
    ouLevel(time),
  );

test.each([
  [4.08, 256, 0.9927, 0.9923],
  [4.08, 1024, 0.9723, 0.9696],
  [4.08, 4096, 0.9032, 0.91],
  [2.904, 256, 0.9328, 0.9326],
  [2.904, 1024, 0.7849, 0.7852],
  [2.904, 4096, 0.308, 0.3281],
  [2.12, 256, 0.7497, 0.7498],
])(
  "f/alpha at OU time %d in %d dimensions: theory %d, the authors' numerics %d",
  (time, size, theory, measured) => {
    expect(at(size, time)).toBeCloseTo(theory, 4);
    expect(Math.abs(at(size, time) - measured)).toBeLessThan(0.0202);
  },
);

test("inside the transition it is .18, and negative, measured 0, below it", () => {
  expect(at(1024, 2.12)).toBeCloseTo(0.18, 2);
  expect(at(4096, 2.12)).toBeLessThan(0);
});

test("at the collapse time of n/2 points what is left is the doubt about the class", () => {
  for (const size of [256, 1024, 4096]) {
    const time = collapseOuTime({ count: 20_000, size, classes: 2 });
    const doubt = classEntropy(classSignal(Math.sqrt(size), 1, ouLevel(time)));
    expect(at(size, time)).toBeCloseTo(doubt / Math.log(20_000), 12);
    expect(doubt).toBeLessThan(1e-4);
  }
});

test("at pure noise all of alpha is left", () => {
  expect(at(256, 12)).toBeCloseTo(1, 6);
});

test("wrong arguments are named", () => {
  const where = "twoGaussiansExcessEntropy: ";
  const pair = { mean: 1, deviation: 1 };
  const level = ouLevel(1);
  expect(() => twoGaussiansExcessEntropy(pair, { count: 1, size: 2 }, level)).toThrow(
    `${where}count`,
  );
  expect(() => twoGaussiansExcessEntropy(pair, { count: 9, size: 0 }, level)).toThrow(
    `${where}size`,
  );
  expect(() =>
    twoGaussiansExcessEntropy(pair, { count: 9, size: 2 }, { alpha: 1, sigma: 0 }),
  ).toThrow(`${where}level.sigma must be positive, got 0`);
});
