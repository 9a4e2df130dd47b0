import { expect, test } from "vitest";
import { pick, rows } from "../../src/experiments/pick.ts";

test("pick takes one index of each stretch, ascending and without repetition", () => {
  const chosen = pick(1000, 100, 7);
  chosen.forEach((index, i) => {
    expect(Math.floor(index / 10)).toBe(i);
  });
  expect(pick(1000, 100, 7)).toEqual(chosen);
  expect(pick(1000, 100, 8)).not.toEqual(chosen);
});

test("pick does not fall into step with periodic labels", () => {
  const counts = new Array<number>(10).fill(0);
  for (const index of pick(60_000, 4000)) counts[index % 10]!++;
  for (const count of counts) expect(Math.abs(count - 400)).toBeLessThan(5 * Math.sqrt(400));
});

test("pick returns all there is when that is not more than asked for", () => {
  expect(pick(3, 5)).toEqual([0, 1, 2]);
});

test("rows copies the chosen rows and keeps the type", () => {
  expect(rows(Uint8Array.of(1, 2, 3, 4, 5, 6), 2, [2, 0])).toEqual(Uint8Array.of(5, 6, 1, 2));
});
