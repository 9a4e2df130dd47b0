import { expect, test } from "vitest";
import {
  fixedPoints,
  gaussianMixture,
  potentialGradient,
  TWO_DELTAS,
  TWO_DELTAS_THETA,
  traceBranches,
  twoGaussiansFixedPoints,
  twoGaussiansFold,
} from "../../src/index.ts";
import { vpLevel } from "../variance-preserving.ts";

const thetas = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);

test("two deltas draw a pitchfork: one line, then three from its end", () => {
  const at = (theta: number) => twoGaussiansFixedPoints(TWO_DELTAS, theta * theta);
  const { branches, transitions } = traceBranches(at, thetas);
  expect(branches.map(({ stable }) => stable)).toEqual([true, true, false, true]);
  expect(transitions.length).toBe(1);
  expect(transitions[0]).toBeCloseTo(TWO_DELTAS_THETA, 12);
  const [trunk, lower, centre, upper] = branches;
  expect(trunk!.x.every((x) => x === 0)).toBe(true);
  expect(centre!.x.every((x) => x === 0)).toBe(true);
  expect(upper!.parameter[0]).toBeCloseTo(trunk!.parameter.at(-1)!, 12);
  expect(upper!.x[0]).toBeLessThan(1e-5);
  expect(upper!.x.at(-1)).toBeCloseTo(0.9999494975, 10);
  expect(lower!.x.at(-1)).toBeCloseTo(-0.9999494975, 10);
});

test("unequal weights draw a fold: the tracked line goes on, a pair appears beside it", () => {
  const pair = { mean: 1, deviation: 0.3, weight: 0.8 };
  const at = (theta: number) => twoGaussiansFixedPoints(pair, theta * theta);
  const { branches, transitions } = traceBranches(at, thetas);
  const fold = twoGaussiansFold(pair)!;
  expect(transitions[0]).toBeCloseTo(Math.sqrt(fold.alphaBar), 11);
  const [before, well, barrier, tracked] = branches;
  expect(tracked!.x[0]).toBeCloseTo(before!.x.at(-1)!, 10);
  expect(well!.x[0]).toBeCloseTo(fold.x, 4);
  expect(barrier!.x[0]).toBeCloseTo(fold.x, 4);
  expect([well!.stable, barrier!.stable, tracked!.stable]).toEqual([true, false, true]);
});

test("lines join again when the parameter runs backwards", () => {
  const at = (theta: number) => twoGaussiansFixedPoints(TWO_DELTAS, theta * theta);
  const { branches, transitions } = traceBranches(at, [...thetas].reverse());
  expect(branches.length).toBe(4);
  expect(transitions[0]).toBeCloseTo(TWO_DELTAS_THETA, 12);
});

test("four deltas split twice, from their exact score alone, and both times are found in one step", () => {
  const mixture = gaussianMixture({
    weights: [1, 1, 1, 1],
    means: [[-2.2], [-1.8], [1.8], [2.2]],
    covariances: [0, 0, 0, 0],
  });
  const at = (alphaBar: number) => {
    const level = vpLevel(alphaBar);
    return fixedPoints((x) => potentialGradient(x, mixture.score(x, level), level), -3, 3, 601);
  };
  const { branches, transitions } = traceBranches(at, [0.05, 0.999]);
  expect(transitions.length).toBe(2);
  expect(branches.map(({ stable }) => stable).filter(Boolean).length).toBe(1 + 2 + 4);
  expect(transitions[0]!).toBeLessThan(0.2); // pairs part
  expect(transitions[1]!).toBeGreaterThan(0.9); // then each pair
});
