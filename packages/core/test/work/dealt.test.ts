import { expect, test } from "vitest";
import { dealt } from "../../src/work/dealt.ts";

const costs = [10, 5, 3, 10, 5, 3, 1, 1];
const cost = (k: number, workers: number) => costs[k]! / workers;

test("every piece has its workers, and every worker at most one piece where they are many", () => {
  for (const of of [1, 2, 3, 7, 8, 9, 20, 100]) {
    const workers = dealt(costs.length, of, cost);
    expect(workers.every((members) => members.length >= 1)).toBe(true);
    const all = workers.flat();
    if (of <= costs.length) expect(workers.every((members) => members.length === 1)).toBe(true);
    else expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: of }, (_, k) => k));
    expect(all.every((k) => k >= 0 && k < of)).toBe(true);
  }
});

test("nobody has more than 4/3 of the best, Graham's bound for the costliest first", () => {
  for (const of of [2, 3, 4]) {
    const loads = new Array<number>(of).fill(0);
    dealt(costs.length, of, cost).forEach(([worker], k) => {
      loads[worker!]! += costs[k]!;
    });
    const total = costs.reduce((sum, value) => sum + value, 0);
    const best = Math.max(total / of, Math.max(...costs));
    expect(Math.max(...loads)).toBeLessThanOrEqual((4 / 3) * best);
  }
});

test("more workers go where each has most to do", () => {
  expect(dealt(2, 5, (k, workers) => [30, 12][k]! / workers)).toEqual([
    [0, 1, 2],
    [3, 4],
  ]);
  expect(dealt(0, 3, () => 1)).toEqual([]);
  expect(() => dealt(2, 0, () => 1)).toThrow("of must be a whole number");
});
