import { expect, test } from "vitest";
import { symmetricEigen } from "../../src/linalg/index.ts";
import { largestGap, normals, orthonormalRows, symmetricFrom } from "./support.ts";

test("a matrix made from a spectrum gives the spectrum back, descending, and rebuilds itself", () => {
  const n = 30;
  const values = normals(n, 1).sort().reverse();
  const matrix = symmetricFrom(values, orthonormalRows(n, n, 2), n);
  const found = symmetricEigen(matrix, n);
  expect(largestGap(found.values, values)).toBeLessThan(1e-13);
  expect(largestGap(symmetricFrom(found.values, found.vectors, n), matrix)).toBeLessThan(1e-13);
  const identity = symmetricFrom(new Float64Array(n).fill(1), found.vectors, n);
  for (let i = 0; i < n; i++) identity[i * n + i]! -= 1;
  expect(largestGap(identity, new Float64Array(n * n))).toBeLessThan(1e-13);
});

test("a rank-deficient covariance has zeros to rounding, not a stall", () => {
  const [n, rank] = [40, 7];
  const values = Float64Array.from({ length: rank }, (_, i) => 10 ** (2 - i));
  const matrix = symmetricFrom(values, orthonormalRows(rank, n, 3), n);
  const found = symmetricEigen(matrix, n);
  expect(largestGap(found.values.subarray(0, rank), values)).toBeLessThan(1e-13);
  expect(largestGap(found.values.subarray(rank), new Float64Array(n - rank))).toBeLessThan(1e-13);
});

test("a 2 × 2 matrix has its closed form", () => {
  const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
  expect(values[0]).toBeCloseTo(3, 15);
  expect(values[1]).toBeCloseTo(1, 15);
  expect(vectors[0]! * vectors[1]!).toBeCloseTo(0.5, 15);
  expect(vectors[2]! * vectors[3]!).toBeCloseTo(-0.5, 15);
});

test("a wrong length is refused", () => {
  expect(() => symmetricEigen(new Float64Array(3), 2)).toThrow(/symmetricEigen.*2 × 2/);
});
