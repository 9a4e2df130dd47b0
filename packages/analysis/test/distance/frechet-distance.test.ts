import { type Data, dataOf, gaussianFrechet } from "@symbreak/core";
import { expect, test } from "vitest";
import {
  featureStatistics,
  frechetDistance,
  frechetFromStatistics,
  moments,
} from "../../src/index.ts";
import { correlatedRows } from "../random-data.ts";

const extractor = "test";

const rows = (count: number, size: number, seed: number, factor: number = 1): Data =>
  dataOf(correlatedRows(count, size, seed), [size], { name: "test", a: [factor], b: [0] });

test("features, statistics and Gaussians agree, with more samples than features", async () => {
  const [p, q] = [rows(300, 12, 1), rows(200, 12, 2, 1.3)];
  const { value } = frechetDistance(p, q, { extractor, groups: 0 });
  const files = frechetFromStatistics(featureStatistics(p), featureStatistics(q));
  expect(files).toBeCloseTo(value, 12);
  const unbias = async (data: Data) => {
    const { covariance, count, ...rest } = await moments(data);
    if (covariance.kind !== "spectral") throw new Error();
    const eigenvalues = covariance.eigenvalues.map((v) => (v * count) / (count - 1));
    return { ...rest, covariance: { ...covariance, eigenvalues } };
  };
  expect(gaussianFrechet(await unbias(p), await unbias(q))).toBeCloseTo(value, 10);
});

test("and with fewer, where a covariance is singular", () => {
  const [p, q] = [rows(20, 30, 3), rows(25, 30, 4, 2)];
  const { value } = frechetDistance(p, q, { extractor });
  const files = frechetFromStatistics(featureStatistics(p), featureStatistics(q));
  expect(Math.abs(files / value - 1)).toBeLessThan(1e-6);
});

test("a set has distance 0 from itself and |shift|² from itself moved", () => {
  const p = rows(100, 5, 5);
  expect(frechetDistance(p, p, { extractor }).value).toBeLessThan(1e-13);
  const moved = { ...p, units: { name: "moved", a: [1], b: [3] } };
  expect(frechetDistance(p, moved, { extractor }).value).toBeCloseTo(45, 10);
});

test("the name carries the extractor, the result its protocol, in plain JSON", () => {
  const found = frechetDistance(rows(40, 3, 6), rows(50, 3, 7), { extractor: "pca3", seed: 9 });
  expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  expect(found).toMatchObject({
    name: "FD-pca3",
    counts: { real: 40, generated: 50 },
    size: 3,
    groups: 20,
    seed: 9,
  });
});

test("the interval covers the mean over repetitions, and the bias is what n adds", () => {
  const [count, size, repetitions] = [250, 6, 40];
  const found = Array.from({ length: repetitions }, (_, r) =>
    frechetDistance(rows(count, size, 100 + 2 * r), rows(count, size, 101 + 2 * r, 1.2), {
      extractor,
    }),
  );
  const average = (of: (one: (typeof found)[0]) => number) =>
    found.reduce((sum, one) => sum + of(one), 0) / repetitions;
  const mean = average((one) => one.value);
  const spread = Math.sqrt(average((one) => (one.value - mean) ** 2));
  const covered = average((one) => (one.low! <= mean && mean <= one.high! ? 1 : 0));
  expect(covered).toBeGreaterThan(0.9);
  const error = Math.sqrt(average((one) => one.standardError! ** 2));
  expect(error / spread).toBeGreaterThan(0.8);
  expect(error / spread).toBeLessThan(1.8);
  let exact = 0;
  for (let j = 0; j < size; j++) exact += (0.2 * Math.sqrt(variance(j))) ** 2;
  const bias = average((one) => one.bias!);
  // Commuting covariances, of which only the scale differs: the distance of the laws is 0.2² Tr C.
  expect(Math.abs(mean - bias - exact)).toBeLessThan((3 * spread) / Math.sqrt(repetitions));
});

/** Of coordinate j of `correlatedRows`. */
function variance(j: number): number {
  return 1 / (j + 1) ** 2 + (j > 0 ? 0.25 : 0);
}

test("constant sets have a distance, and one sample, NaN or unequal sizes an error", () => {
  const constant = dataOf(new Float32Array(20).fill(2), [4]);
  const other = dataOf(new Float32Array(12).fill(5), [4]);
  expect(frechetDistance(constant, other, { extractor })).toMatchObject({ value: 36 });
  const one = dataOf(new Float32Array(4), [4]);
  expect(() => frechetDistance(constant, one, { extractor })).toThrow("at least 2 samples, got 1");
  const bad = dataOf(Float32Array.of(1, 2, Number.NaN, 4), [2]);
  expect(() => frechetDistance(bad, bad, { extractor })).toThrow("sample 1, coordinate 0");
  expect(() => frechetDistance(constant, rows(5, 3, 8), { extractor })).toThrow(
    "both sets must have 4 features",
  );
  expect(frechetDistance(rows(9, 2, 9), rows(12, 2, 10), { extractor })).toMatchObject({
    groups: 0,
    low: null,
  });
  expect(frechetDistance(rows(10, 2, 9), rows(12, 2, 10), { extractor }).groups).toBe(5);
  expect(() => frechetDistance(constant, other, { extractor, groups: 3 })).toThrow(
    "groups must be 0, or from 5",
  );
});

test("a distance of features that nobody names is refused", () => {
  const p = rows(20, 2, 1);
  for (const options of [undefined, {}, { extractor: "" }])
    expect(() => frechetDistance(p, p, options as never)).toThrow(
      "frechetDistance: extractor must name what made the features",
    );
});
