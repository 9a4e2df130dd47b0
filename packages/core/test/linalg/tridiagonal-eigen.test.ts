import { expect, test } from "vitest";
import { tridiagonalEigen } from "../../src/linalg/tridiagonal-eigen.ts";
import { largestGap, normals } from "./support.ts";

test("the second-difference matrix has eigenvalues 2 − 2 cos(kπ/(n+1)) and sine eigenvectors", () => {
  const n = 50;
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  const off = new Float64Array(n - 1).fill(-1);
  const values = tridiagonalEigen(new Float64Array(n).fill(2), off, vectors);
  const order = [...values.keys()].sort((i, j) => values[i]! - values[j]!);
  order.forEach((row, position) => {
    const angle = ((position + 1) * Math.PI) / (n + 1);
    expect(values[row]).toBeCloseTo(2 - 2 * Math.cos(angle), 13);
    const sign = Math.sign(vectors[row * n]!);
    for (let i = 0; i < n; i++) {
      const sine = Math.sqrt(2 / (n + 1)) * Math.sin((i + 1) * angle);
      expect(sign * vectors[row * n + i]!).toBeCloseTo(sine, 12);
    }
  });
});

test("the last row of the identity becomes each eigenvector's last component", () => {
  const n = 20;
  const [d, e] = [normals(n, 1), normals(n - 1, 2)];
  const full = new Float64Array(n * n);
  for (let i = 0; i < n; i++) full[i * n + i] = 1;
  const last = new Float64Array(n);
  last[n - 1] = 1;
  const values = tridiagonalEigen(d, e, full);
  expect(tridiagonalEigen(d, e, last)).toEqual(values);
  expect(last).toEqual(Float64Array.from({ length: n }, (_, i) => full[i * n + n - 1]!));
});

test("zeros, equal entries and widely scaled ones converge", () => {
  expect([...tridiagonalEigen(new Float64Array(4), new Float64Array(3))]).toEqual([0, 0, 0, 0]);
  expect([...tridiagonalEigen([5], [])]).toEqual([5]);
  const tiny = tridiagonalEigen([1e-200, 0, 0], [0, 1e-200]).sort();
  expect(largestGap(tiny, [-1e-200, 1e-200, 1e-200])).toBeLessThan(1e-214);
  const graded = tridiagonalEigen([1, 1e-17, 1e-17, 1e-17], [1e-17, 1e-17, 1e-18]).sort();
  expect(graded[3]).toBeCloseTo(1, 15);
  expect(Math.abs(graded[0]!)).toBeLessThan(1e-15);
});
