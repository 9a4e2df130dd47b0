import fc from "fast-check";
import { expect, test } from "vitest";
import { nuclearNorm } from "../../src/linalg/index.ts";
import { normals, orthonormalRows, plainProduct } from "./support.ts";

/** Σ values[i] · u_i v_iᵀ with orthonormal u and v. */
function withSingularValues(
  values: readonly number[],
  rows: number,
  columns: number,
  seed: number,
): Float64Array {
  const u = orthonormalRows(values.length, rows, seed);
  const v = orthonormalRows(values.length, columns, seed + 1);
  const scaled = Float64Array.from({ length: rows * values.length }, (_, i) => {
    const k = i % values.length;
    return values[k]! * u[k * rows + Math.floor(i / values.length)]!;
  });
  return plainProduct(scaled, v, { rows, inner: values.length, columns });
}

test("a matrix made from singular values has their sum", () => {
  const shape = fc.record({
    values: fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 1, maxLength: 9 }),
    moreRows: fc.nat(6),
    moreColumns: fc.nat(6),
    seed: fc.nat(100),
  });
  fc.assert(
    fc.property(shape, ({ values, moreRows, moreColumns, seed }) => {
      const [rows, columns] = [values.length + moreRows, values.length + moreColumns];
      const sum = values.reduce((a, b) => a + b, 0);
      const norm = nuclearNorm(withSingularValues(values, rows, columns, seed), rows, columns);
      expect(Math.abs(norm - sum)).toBeLessThan(1e-14 * (1 + sum) * values.length);
    }),
  );
});

test("tiny singular values beside large ones count, which a Gram matrix would lose", () => {
  // √(eigenvalue of MᵀM) of 1e-9 beside 1 is right to √ε ≈ 1e-8 at best.
  const norm = nuclearNorm(withSingularValues([1, 1e-9, 1e-9], 30, 20, 5), 30, 20);
  expect(Math.abs(norm - 1 - 2e-9)).toBeLessThan(1e-14);
});

test("rank-deficient, zero, single-row and transposed matrices", () => {
  expect(nuclearNorm(new Float64Array(12), 3, 4)).toBe(0);
  expect(nuclearNorm(Float64Array.of(3, 4), 1, 2)).toBeCloseTo(5, 14);
  const ones = new Float64Array(35).fill(1);
  expect(nuclearNorm(ones, 5, 7)).toBeCloseTo(Math.sqrt(35), 14);
  const matrix = normals(35, 3);
  const transposed = matrix.map((_, i) => matrix[(i % 5) * 7 + Math.floor(i / 5)]!);
  expect(nuclearNorm(transposed, 7, 5)).toBeCloseTo(nuclearNorm(matrix, 5, 7), 13);
});

/** The feature matrices of the metric goldens: F[i, j] = s·sin(a (i+1)(j+1) + 0.11 j) + b·cos(0.3 j), centred. */
function features(
  n: number,
  d: number,
  a: number,
  b: number,
): { centred: Float64Array; mean: Float64Array } {
  const centred = new Float64Array(n * d);
  const mean = new Float64Array(d);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < d; j++) {
      const value = Math.sin(a * (i + 1) * (j + 1) + 0.11 * j) + b * Math.cos(0.3 * j);
      centred[i * d + j] = value;
      mean[j]! += value / n;
    }
  for (let i = 0; i < n * d; i++) centred[i]! -= mean[i % d]!;
  return { centred, mean };
}

/** |μ1 − μ2|² + tr S1 + tr S2 − 2 ‖A Bᵀ‖_* / √((n1 − 1)(n2 − 1)). */
function frechet(n1: number, n2: number, d: number, a: number, b: number): number {
  const [x, y] = [features(n1, d, 0.37, 0), features(n2, d, a, b)];
  const squares = (v: Float64Array) => v.reduce((sum, value) => sum + value * value, 0);
  const transposed = Float64Array.from(
    { length: d * n2 },
    (_, i) => y.centred[(i % n2) * d + Math.floor(i / n2)]!,
  );
  const cross = plainProduct(x.centred, transposed, { rows: n1, inner: d, columns: n2 });
  const overlap = nuclearNorm(cross, n1, n2) / Math.sqrt((n1 - 1) * (n2 - 1));
  const means = squares(x.mean.map((value, j) => value - y.mean[j]!));
  return means + squares(x.centred) / (n1 - 1) + squares(y.centred) / (n2 - 1) - 2 * overlap;
}

test("the Fréchet distances of the golden features come out of it", () => {
  expect(Math.abs(frechet(200, 200, 8, 0.53, 0.5) - 0.8419635093420315)).toBeLessThan(1e-13);
  expect(Math.abs(frechet(20, 24, 32, 0.53, 0.2) - 14.07075416817885)).toBeLessThan(1e-12);
  expect(Math.abs(frechet(200, 200, 8, 0.37, 1e-4) - 3.423042e-8)).toBeLessThan(2e-14);
});
