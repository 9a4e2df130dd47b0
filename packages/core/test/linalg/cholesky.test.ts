import fc from "fast-check";
import { expect, test } from "vitest";
import {
  cholesky,
  logDeterminant,
  solveCholesky,
  solveLower,
  solveLowerTransposed,
} from "../../src/linalg/index.ts";
import { largestGap, normals, plainProduct } from "./support.ts";

const positive = (n: number, seed: number): Float64Array => {
  const root = normals(n * n, seed);
  const transposed = root.map((_, i) => root[(i % n) * n + Math.floor(i / n)]!);
  const matrix = plainProduct(root, transposed, { rows: n, inner: n, columns: n });
  for (let i = 0; i < n; i++) matrix[i * n + i]! += 1;
  return matrix;
};

test("the factor of a 3 × 3 matrix is the textbook's", () => {
  const matrix = Float64Array.of(4, 12, -16, 12, 37, -43, -16, -43, 98);
  expect([...cholesky(matrix, 3)]).toEqual([2, 0, 0, 6, 1, 0, -8, 5, 3]);
});

test("L Lᵀ gives the matrix back, and both triangular solves undo L", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(1000), (n, seed) => {
      const matrix = positive(n, seed);
      const factor = cholesky(matrix, n);
      const transposed = factor.map((_, i) => factor[(i % n) * n + Math.floor(i / n)]!);
      const square = { rows: n, inner: n, columns: n };
      const vector = { rows: n, inner: n, columns: 1 };
      expect(largestGap(plainProduct(factor, transposed, square), matrix)).toBeLessThan(1e-12);
      const b = normals(n, seed + 1);
      const scale = 1e-12 * n;
      expect(largestGap(plainProduct(factor, solveLower(factor, b), vector), b)).toBeLessThan(
        scale,
      );
      const upper = solveLowerTransposed(factor, b);
      expect(largestGap(plainProduct(transposed, upper, vector), b)).toBeLessThan(scale);
      const x = solveCholesky(factor, b);
      expect(largestGap(plainProduct(matrix, x, vector), b)).toBeLessThan(1e-10);
    }),
    { numRuns: 50 },
  );
});

test("the log determinant is that of the matrix", () => {
  const factor = cholesky(Float64Array.of(4, 12, -16, 12, 37, -43, -16, -43, 98), 3);
  expect(logDeterminant(factor, 3)).toBeCloseTo(Math.log(36), 14);
});

test("a singular, an indefinite and a non-finite matrix are refused with their pivot", () => {
  expect(() => cholesky(Float64Array.of(1, 1, 1, 1), 2)).toThrow(/positive definite \(pivot 1\)/);
  expect(() => cholesky(Float64Array.of(-1), 1)).toThrow(/cholesky.*got -1/);
  expect(() => cholesky(Float64Array.of(Number.NaN), 1)).toThrow(/pivot 0/);
  expect(() => cholesky(new Float64Array(5), 2)).toThrow(/2 × 2 elements, got 5/);
});
