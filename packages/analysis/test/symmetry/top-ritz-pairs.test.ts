import { philoxNoise } from "@symbreak/core";
import { dot, symmetricEigen } from "@symbreak/core/linalg";
import { describe, expect, test } from "vitest";
import { topRitzPairs } from "../../src/symmetry/top-ritz-pairs.ts";

const size = 30;
/** Eigenvalues 3, 3, 2, then a decaying rest, in a random frame; and a random antisymmetric matrix. */
const values = Array.from({ length: size }, (_, i) => [3, 3, 2][i] ?? 0.9 ** i);
const random = new Float64Array(size * size);
philoxNoise(1)(random, size * size, 0);
const at = (m: Float64Array, i: number, j: number) => m[i * size + j]!;
const build = (entry: (i: number, j: number) => number) =>
  Float64Array.from({ length: size * size }, (_, k) => entry(Math.floor(k / size), k % size));
const frame = symmetricEigen(
  build((i, j) => at(random, i, j) + at(random, j, i)),
  size,
).vectors;
const symmetric = build((i, j) =>
  values.reduce((sum, value, k) => sum + value * at(frame, k, i) * at(frame, k, j), 0),
);
const antisymmetric = build((i, j) => 0.01 * (at(random, i, j) - at(random, j, i)));
const times = (m: Float64Array) => (v: Float64Array) =>
  v.map((_, i) => dot(m.subarray(i * size, (i + 1) * size), v));

describe("topRitzPairs", () => {
  test("finds degenerate eigenvalues of a symmetric matrix with their vectors", async () => {
    const apply = times(symmetric);
    const pairs = await topRitzPairs(async (v) => ({ forward: v.map(apply) }), size, 3, {
      tolerance: 1e-10,
    });
    expect(pairs.values[0]).toBeCloseTo(3, 12);
    expect(pairs.values[1]).toBeCloseTo(3, 12);
    expect(pairs.values[2]).toBeCloseTo(2, 12);
    expect(pairs.asymmetry).toBeLessThan(1e-13);
    pairs.vectors.forEach((vector, k) => {
      const image = apply(vector).map((value, i) => value - pairs.values[k]! * vector[i]!);
      expect(Math.sqrt(dot(image, image))).toBeLessThan(1e-9);
      expect(dot(vector, vector)).toBeCloseTo(1, 12);
    });
  });

  test("of a matrix that is not symmetric it takes the symmetric part and reports the rest", async () => {
    const matrix = symmetric.map((value, i) => value + antisymmetric[i]!);
    const flipped = symmetric.map((value, i) => value - antisymmetric[i]!);
    const norm = (m: Float64Array) => Math.sqrt(dot(m, m));
    const forward = times(matrix);
    const transposed = times(flipped);
    for (const both of [true, false]) {
      const pairs = await topRitzPairs(
        async (v) => ({
          forward: v.map(forward),
          ...(both && { transposed: v.map(transposed) }),
        }),
        size,
        2,
        { most: size, tolerance: 0 },
      );
      expect(pairs.values[0]).toBeCloseTo(3, 10);
      expect(pairs.asymmetry).toBeCloseTo(norm(antisymmetric) / norm(symmetric), 10);
    }
  });

  test("values approach from below, and residuals bound what is missing", async () => {
    const apply = times(symmetric);
    const pairs = await topRitzPairs(async (v) => ({ forward: v.map(apply) }), size, 2, {
      most: 8,
      tolerance: 0,
    });
    pairs.values.forEach((value, k) => {
      expect(value).toBeLessThan(3 + 1e-12);
      expect(Math.min(...values.map((exact) => Math.abs(exact - value)))).toBeLessThanOrEqual(
        pairs.residuals[k]! + 1e-12,
      );
    });
  });

  test("one dimension has one pair, however many are wanted", async () => {
    const pairs = await topRitzPairs(
      async (v) => ({ forward: v.map((x) => x.map((value) => -2 * value)) }),
      1,
      4,
    );
    expect(pairs.values).toEqual([-2]);
  });
});
