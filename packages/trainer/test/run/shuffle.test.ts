import fc from "fast-check";
import { expect, test } from "vitest";
import { shuffle } from "../../src/run/shuffle.ts";

test("every epoch holds each item once", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(9), (count, seed, epoch) => {
      const order = shuffle(count, seed);
      const items = Array.from({ length: count }, (_, i) => order(epoch * count + i));
      expect(items.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
    }),
    { numRuns: 50 },
  );
});

test("seeds and epochs differ, and the same place is always the same item", () => {
  const read = (seed: number, from: number) =>
    Array.from({ length: 20 }, (_, i) => shuffle(100, seed)(from + i));
  expect(read(1, 0)).toEqual(read(1, 0));
  expect(read(1, 0)).not.toEqual(read(2, 0));
  expect(read(1, 0)).not.toEqual(read(1, 100));
  expect(read(2 ** 40, 0)).not.toEqual(read(2 ** 41, 0));
});

test("all orders of three items come equally often", () => {
  const order = shuffle(3, 7);
  const counts = new Map<string, number>();
  const epochs = 3000;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const name = [0, 1, 2].map((i) => order(3 * epoch + i)).join("");
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const chiSquare = [...counts.values()].reduce(
    (sum, n) => sum + (n - epochs / 6) ** 2 / (epochs / 6),
    0,
  );
  expect(counts.size).toBe(6);
  // The 0.1 % point of χ² with 5 degrees of freedom.
  expect(chiSquare).toBeLessThan(20.5);
});

test("an empty set has no order", () => {
  expect(() => shuffle(0, 0)).toThrow("shuffle: count must be an integer from 1 to 2^32, got 0");
  expect(() => shuffle(3, -1)).toThrow("seed must be an integer");
});
