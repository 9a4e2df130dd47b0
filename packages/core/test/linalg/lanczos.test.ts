import fc from "fast-check";
import { expect, test } from "vitest";
import { lanczos, lanczosAsync, symmetricEigen } from "../../src/linalg/index.ts";
import { largestGap, normals, orthonormalRows, plainProduct, symmetricFrom } from "./support.ts";

const diagonal = (values: ArrayLike<number>) => (x: Float64Array) =>
  x.map((value, i) => value * values[i]!);

test("the ten largest of a covariance agree with the full decomposition to 1e-12", () => {
  const [n, samples, k] = [120, 300, 10];
  const data = normals(n * samples, 1);
  const transposed = Float64Array.from(
    { length: n * samples },
    (_, i) => data[(i % samples) * n + Math.floor(i / samples)]!,
  );
  const covariance = plainProduct(transposed, data, { rows: n, inner: samples, columns: n });
  const full = symmetricEigen(covariance, n);
  const apply = (x: Float64Array) => plainProduct(covariance, x, { rows: n, inner: n, columns: 1 });
  const { values, vectors, residuals } = lanczos(apply, n, k);
  for (let i = 0; i < k; i++) {
    expect(Math.abs(values[i]! / full.values[i]! - 1)).toBeLessThan(1e-12);
    const vector = vectors.subarray(i * n, (i + 1) * n);
    const residual = largestGap(
      apply(vector),
      vector.map((v) => v * values[i]!),
    );
    expect(residual / values[0]!).toBeLessThan(1e-12);
    expect(residuals[i]! / values[0]!).toBeLessThan(1e-12);
  }
});

test("eigenvalues come with their multiplicity", () => {
  const cases: [number[], number][] = [
    [[5, 5, 5, 4.9999, 3, 2, 1, 0], 4],
    [[5, 5, ...new Array(60).fill(1)], 4],
    [new Array(30).fill(2), 5],
    [[7, 7, 7, 7, 1, 1, 1, 1], 8],
    [[1 + 1e-9, 1, 1, 0.5, 0.25], 3],
    [[-1, -2, -3, -3, -3], 4],
  ];
  for (const [spectrum, k] of cases) {
    const { values } = lanczos(diagonal(spectrum), spectrum.length, k);
    expect(largestGap(values, spectrum.slice(0, k))).toBeLessThan(1e-12);
  }
});

test("any spectrum of any multiplicities is found", () => {
  const spectrum = fc.array(fc.constantFrom(-2, 0, 0.5, 1, 1.001, 3), {
    minLength: 1,
    maxLength: 14,
  });
  fc.assert(
    fc.property(spectrum, fc.nat(), fc.nat(100), (given, pick, seed) => {
      const n = given.length;
      const sorted = Float64Array.from(given).sort().reverse();
      const k = 1 + (pick % n);
      const matrix = symmetricFrom(sorted, orthonormalRows(n, n, seed), n);
      const apply = (x: Float64Array) => plainProduct(matrix, x, { rows: n, inner: n, columns: 1 });
      const { values, vectors } = lanczos(apply, n, k, { seed });
      expect(largestGap(values, sorted.slice(0, k))).toBeLessThan(1e-11);
      const gram = Array.from({ length: k * k }, (_, i) => {
        const [a, b] = [Math.floor(i / k) * n, (i % k) * n];
        let sum = 0;
        for (let j = 0; j < n; j++) sum += vectors[a + j]! * vectors[b + j]!;
        return sum - (a === b ? 1 : 0);
      });
      expect(largestGap(gram, new Float64Array(k * k))).toBeLessThan(1e-9);
    }),
    { numRuns: 60 },
  );
});

test("k may exceed the rank: the rest are zeros", () => {
  const spectrum = [3, 2, 1, ...new Array(60).fill(0)];
  const { values } = lanczos(diagonal(spectrum), 63, 10);
  expect(largestGap(values, spectrum.slice(0, 10))).toBeLessThan(1e-13);
  expect([...lanczos(diagonal(new Array(9).fill(0)), 9, 3).values]).toEqual([0, 0, 0]);
});

test("few products suffice where the spectrum decays", () => {
  const spectrum = Float64Array.from({ length: 5000 }, (_, i) => 1 / (1 + i) ** 2);
  const { values, iterations } = lanczos(diagonal(spectrum), 5000, 5);
  expect(largestGap(values, spectrum.slice(0, 5))).toBeLessThan(1e-13);
  expect(iterations).toBeLessThan(100);
});

test("the asynchronous form gives the same numbers", async () => {
  const spectrum = [9, 4, 4, 1, 0.5, 0.1];
  const apply = diagonal(spectrum);
  expect(await lanczosAsync(async (x) => apply(x), 6, 3)).toEqual(lanczos(apply, 6, 3));
});

test("it gives up, or refuses, with a reason", () => {
  const dense = Float64Array.from({ length: 400 }, (_, i) => 1 - i / 1e5);
  expect(() => lanczos(diagonal(dense), 400, 1, { maxProducts: 10 })).toThrow(
    /no convergence.*10 products/,
  );
  expect(() => lanczos(diagonal([1]), 1, 2)).toThrow(
    /lanczos: k must be an integer from 1 to 1, got 2/,
  );
  expect(() => lanczos((x) => x.map(() => Number.NaN), 4, 1)).toThrow(/4 finite numbers/);
});
