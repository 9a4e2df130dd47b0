import { expect, test } from "vitest";
import { permutation } from "../../src/statistics/permutation.ts";

test("a permutation holds every number once, and each draw is another", () => {
  const first = permutation(1000, 5);
  expect(Array.from(first).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 1000 }, (_, i) => i),
  );
  expect(permutation(1000, 5)).toEqual(first);
  const together = permutation(1000, 5, 1).filter((value, i) => value === first[i]).length;
  expect(together).toBeLessThan(10);
});
