import fc from "fast-check";
import { expect, test } from "vitest";
import { symmetricEigen, symmetricEigenvalues } from "../../src/linalg/index.ts";
import { largestGap, normals, orthonormalRows, symmetricFrom } from "./support.ts";

test("a matrix made from a spectrum gives the spectrum back, descending", () => {
  const values = normals(60, 1).sort().reverse();
  const matrix = symmetricFrom(values, orthonormalRows(60, 60, 2), 60);
  expect(largestGap(symmetricEigenvalues(matrix, 60), values)).toBeLessThan(1e-13);
});

test("the values are those of symmetricEigen for any symmetric matrix, whatever its scale", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 1e6 }),
      fc.integer({ min: -150, max: 150 }),
      (n, seed, exponent) => {
        const half = normals(n * n, seed).map((x) => x * 10 ** exponent);
        const matrix = half.map((x, at) => x + half[(at % n) * n + Math.floor(at / n)]!);
        const expected = symmetricEigen(matrix, n).values;
        const size = Math.max(...expected.map(Math.abs));
        expect(largestGap(symmetricEigenvalues(matrix, n), expected)).toBeLessThan(1e-13 * size);
      },
    ),
  );
});

test("a rank-deficient covariance has zeros to rounding, and a zero matrix zeros", () => {
  const values = Float64Array.from({ length: 7 }, (_, i) => 10 ** (2 - i));
  const matrix = symmetricFrom(values, orthonormalRows(7, 40, 3), 40);
  const found = symmetricEigenvalues(matrix, 40);
  expect(largestGap(found.subarray(0, 7), values)).toBeLessThan(1e-12);
  expect(Math.max(...found.subarray(7).map(Math.abs))).toBeLessThan(1e-12);
  expect(symmetricEigenvalues(new Float64Array(9), 3)).toEqual(new Float64Array(3));
});

test("only the lower triangle is read", () => {
  const values = symmetricEigenvalues(Float64Array.of(2, 99, 1, 2), 2);
  expect(largestGap(values, Float64Array.of(3, 1))).toBeLessThan(1e-14);
});

test("a matrix of another size is an error", () => {
  expect(() => symmetricEigenvalues(new Float64Array(5), 2)).toThrow(
    "symmetricEigenvalues: matrix must have 2 × 2 elements, got 5",
  );
});
