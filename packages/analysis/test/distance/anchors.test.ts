import { expect, test } from "vitest";
import { anchorCoverage, anchors, manifoldCoverage } from "../../src/index.ts";
import { featuresOf, normalFeatures } from "./features-of.ts";

const numbered = featuresOf(
  Float64Array.from({ length: 2 * 60 }, (_, i) => i),
  2,
);
const draws = normalFeatures(15, 2, { seed: 1 });

test("reference and real sets are disjoint, whole rows of the real features", () => {
  const { reference, real, gaussian, count } = anchors(numbered, draws, { count: 10 });
  expect(count).toBe(10);
  expect(real.length).toBe(5);
  const firsts: number[] = [];
  for (const { values } of [reference, ...real])
    for (let i = 0; i < values.length; i += 2) {
      expect(values[i + 1]).toBe(values[i]! + 1);
      firsts.push(values[i]!);
    }
  expect(new Set(firsts).size).toBe(60);
  expect(firsts).not.toEqual(firsts.toSorted((a, b) => a - b));
  expect([...gaussian.values]).toEqual([...draws.values.subarray(0, 20)]);
});

test("the division is the seed's", () => {
  const at = (seed: number) => anchors(numbered, draws, { count: 10, seed }).reference.values;
  expect(at(3)).toEqual(at(3));
  expect(at(3)).not.toEqual(at(4));
});

test("too few images are refused, naming how many would do", () => {
  expect(() => anchors(numbered, draws, { count: 11 })).toThrow(
    "anchors: count must be an integer from 2 to 10: 6 disjoint sets of 60 real images, got 11",
  );
  expect(anchors(numbered, draws, { count: 11, sets: 4 }).real.length).toBe(4);
  expect(() => anchors(numbered, draws, { count: 10, sets: 1 })).toThrow("sets must be");
  expect(() => anchors(numbered, normalFeatures(9, 2, { seed: 2 }), { count: 10 })).toThrow(
    "gaussian must hold 10 draws, got 9",
  );
  expect(() => anchors(numbered, normalFeatures(9, 3, { seed: 2 }), { count: 5 })).toThrow(
    "both sets must have 2 features, got 3",
  );
});

test("the reference rows have the coverage of a real set and of the Gaussian", async () => {
  const real = normalFeatures(600, 3, { seed: 3 });
  const sets = anchors(real, normalFeatures(100, 3, { seed: 4, mean: 30 }), { count: 100 });
  const found = await anchorCoverage(sets);
  expect(found.real).toEqual(await manifoldCoverage(sets.reference, sets.real[0]!));
  expect(found.real.recall).toBeGreaterThan(0.8);
  expect(found.gaussian).toMatchObject({ precision: 0, recall: 0, density: 0, coverage: 0 });
});
