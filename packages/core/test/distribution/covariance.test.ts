import { expect, test } from "vitest";
import {
  applyFunction,
  covarianceMatrix,
  isotropic,
  type SpectralCovariance,
  smallestVariance,
  spectralCovariance,
  sumOverSpectrum,
} from "../../src/index.ts";
import { largestGap, normals, randomCovariance } from "./support.ts";

const SIZE = 6;

/** The first `rank` directions of a covariance whose other directions share one variance. */
function spiked(rank: number): { full: SpectralCovariance; low: SpectralCovariance } {
  const { eigenvectors } = randomCovariance(SIZE, 3);
  const eigenvalues = Float64Array.from({ length: SIZE }, (_, i) => (i < rank ? 9 - i : 0.5));
  const low: SpectralCovariance = {
    kind: "spectral",
    eigenvalues: eigenvalues.slice(0, rank),
    eigenvectors: eigenvectors.slice(0, rank * SIZE),
    residual: 0.5,
  };
  return { full: { kind: "spectral", eigenvalues, eigenvectors, residual: 0 }, low };
}

test("a spectrum and its matrix are the same covariance", () => {
  const covariance = randomCovariance(SIZE, 1);
  const matrix = covarianceMatrix(covariance, SIZE);
  const again = spectralCovariance(matrix, SIZE);
  expect(largestGap(again.eigenvalues, covariance.eigenvalues)).toBeLessThan(1e-13);
  expect(largestGap(covarianceMatrix(again, SIZE), matrix)).toBeLessThan(1e-13);
});

test("the square root of a covariance applied twice is the covariance", () => {
  const covariance = randomCovariance(SIZE, 2);
  const x = normals(4 * SIZE, 5);
  const once = applyFunction(covariance, SIZE, x, Math.sqrt);
  const twice = applyFunction(covariance, SIZE, once, Math.sqrt);
  const direct = applyFunction(covariance, SIZE, x, (variance) => variance);
  expect(largestGap(twice, direct)).toBeLessThan(1e-13);
});

test.each([0, 1, 3, 6])("low rank %i plus isotropic acts as the full spectrum does", (rank) => {
  const { full, low } = spiked(rank);
  const x = normals(3 * SIZE, 8);
  for (const f of [Math.sqrt, (v: number) => 1 / (v + 1e-6)]) {
    const gap = largestGap(applyFunction(low, SIZE, x, f), applyFunction(full, SIZE, x, f));
    expect(gap).toBeLessThan(1e-12);
  }
  expect(sumOverSpectrum(low, SIZE, Math.log)).toBeCloseTo(sumOverSpectrum(full, SIZE, Math.log));
  expect(smallestVariance(low, SIZE)).toBe(rank === SIZE ? 4 : 0.5);
});

test("a diagonal covariance acts coordinate by coordinate", () => {
  const covariance = { kind: "diagonal", variances: Float64Array.of(4, 9) } as const;
  const x = Float64Array.of(1, 1, 2, 3);
  expect([...applyFunction(covariance, 2, x, Math.sqrt)]).toEqual([2, 3, 4, 9]);
  expect([...covarianceMatrix(covariance, 2)]).toEqual([4, 0, 0, 9]);
});

test("an isotropic covariance fits any dimension", () => {
  expect([...covarianceMatrix(isotropic(2), 2)]).toEqual([2, 0, 0, 2]);
  expect(sumOverSpectrum(isotropic(2), 7, (variance) => variance)).toBe(14);
});

test("round-off below zero becomes zero, and an indefinite matrix is an error", () => {
  expect(spectralCovariance(Float64Array.of(1, 1, 1, 1), 2).eigenvalues[1]).toBeCloseTo(0, 15);
  expect(() => spectralCovariance(Float64Array.of(1, 2, 2, 1), 2)).toThrow(
    "spectralCovariance: covariance must be finite and positive semi-definite, got -0.99",
  );
  expect(() => isotropic(-1)).toThrow("isotropic: variance must be finite and not negative");
});
