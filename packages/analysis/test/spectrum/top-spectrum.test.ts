import { AS_IS, dataOf } from "@symbreak/core";
import { expect, test } from "vitest";
import { moments, topSpectrum } from "../../src/index.ts";
import { apart, correlatedRows, sparseBytes } from "../random-data.ts";

const cases = [
  ["bytes", dataOf(sparseBytes(300, 40, 1), [40], { name: "test", a: [0.5], b: [1] })],
  ["floats", dataOf(correlatedRows(300, 40, 2, 30), [40])],
  ["fewer samples than coordinates", dataOf(correlatedRows(15, 40, 3), [40])],
] as const;

test.each(cases)("both routes find the spectrum of the full moments (%s)", async (_, data) => {
  const { covariance } = await moments(data);
  if (covariance.kind !== "spectral") throw new Error();
  const expected = covariance.eigenvalues.slice(0, 5);
  for (const route of ["dense", "implicit"] as const) {
    const found = topSpectrum(data, 5, { route });
    expect(found.route).toBe(route);
    expect(found.lambda).toBe(found.eigenvalues[0]);
    expect(apart(found.eigenvalues, expected)).toBeLessThan(1e-11);
    const trace = covariance.eigenvalues.reduce((sum, value) => sum + value, 0);
    expect(found.trace / trace).toBeCloseTo(1, 12);
    for (let k = 0; k < 5; k++) {
      const [p, q] = [found.eigenvectors, covariance.eigenvectors].map((vectors) =>
        vectors.subarray(40 * k, 40 * k + 40),
      );
      const cosine = p!.reduce((sum, value, j) => sum + value * q![j]!, 0);
      expect(Math.abs(cosine)).toBeCloseTo(1, 9);
    }
  }
});

test("more pairs than the rank come with eigenvalue 0", () => {
  const { eigenvalues } = topSpectrum(dataOf(correlatedRows(3, 6, 4), [6]), 4);
  expect(eigenvalues[1]).toBeGreaterThan(0.01);
  expect(eigenvalues[2]).toBeLessThan(1e-9);
  expect(eigenvalues[3]).toBeLessThan(1e-9);
});

test("data that do not vary have lambda 0", () => {
  for (const count of [1, 5])
    expect(topSpectrum(dataOf(new Uint8Array(4 * count).fill(8), [4], AS_IS)).lambda).toBe(0);
});

test("12,288 coordinates take no square matrix", () => {
  const size = 12_288;
  const { eigenvalues, route, trace } = topSpectrum(
    dataOf(sparseBytes(40, size, 5), [size], AS_IS),
    2,
  );
  expect(route).toBe("implicit");
  expect(eigenvalues[0]! + eigenvalues[1]!).toBeLessThan(trace);
  expect(eigenvalues[1]).toBeGreaterThan(trace / 80);
});

test("k is checked", () => {
  const data = dataOf(new Uint8Array(8), [4], AS_IS);
  expect(() => topSpectrum(data, 5)).toThrow("k must be an integer from 1 to 4, got 5");
});
