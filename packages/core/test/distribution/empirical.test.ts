import { expect, test } from "vitest";
import { CLEAN, empirical, gaussianMixture, philoxNoise } from "../../src/index.ts";
import { differences, LEVELS, largestGap, normals } from "./support.ts";

const SIZE = 4;
const COUNT = 12;
const data = normals(COUNT * SIZE, 51);
const law = empirical(data, SIZE);
const points = gaussianMixture({
  weights: new Float64Array(COUNT).fill(1),
  means: Array.from({ length: COUNT }, (_, j) => data.subarray(j * SIZE, (j + 1) * SIZE)),
  covariances: new Array(COUNT).fill(0),
});
const x = normals(3 * SIZE, 52);

test.each(LEVELS)("the empirical law is the mixture of its points at %o", (level) => {
  expect(largestGap(law.logDensity(x, level), points.logDensity(x, level))).toBeLessThan(1e-11);
  expect(largestGap(law.denoise(x, level), points.denoise(x, level))).toBeLessThan(1e-12);
  expect(largestGap(law.score(x, level), points.score(x, level))).toBeLessThan(1e-11);
  expect(largestGap(law.posterior(x, level), points.posterior(x, level))).toBeLessThan(1e-12);
});

test("its score is the gradient of its log density", () => {
  const at = x.subarray(0, SIZE);
  const slope = differences((point) => law.logDensity(point, LEVELS[1]!), at);
  expect(
    largestGap(
      law.score(at, LEVELS[1]!),
      slope.map((part) => part[0]!),
    ),
  ).toBeLessThan(1e-9);
});

test("the participation ratio counts the points that share a state", () => {
  const corners = empirical(Float32Array.of(1, 1, 1, -1, -1, 1, -1, -1), 2);
  const centre = Float64Array.of(0, 0);
  expect(corners.participation(centre, { alpha: 1, sigma: 0.01 })[0]).toBeCloseTo(4, 12);
  const edge = Float64Array.of(1, 0);
  expect(corners.participation(edge, { alpha: 1, sigma: 0.01 })[0]).toBeCloseTo(2, 12);
  expect(corners.participation(Float64Array.of(1, 0.9), { alpha: 1, sigma: 0.01 })[0]).toBe(1);
  expect(corners.participation(edge, { alpha: 0, sigma: 1 })[0]).toBeCloseTo(4, 12);
});

test("noise so small that squares of distances dwarf it still finds the right point", () => {
  const level = { alpha: 1, sigma: 1e-9 };
  const near = data.map((value, i) => value + 1e-9 * ((i % 3) - 1));
  expect([...law.denoise(near, level)]).toEqual([...data]);
  // One nanometre from a point: the log density is that point's Gaussian.
  const [first] = law.logDensity(data.subarray(0, SIZE), level);
  const peak = -Math.log(COUNT) - 0.5 * SIZE * Math.log(2 * Math.PI * 1e-18);
  expect(first).toBeCloseTo(peak, 12);
  expect([...law.denoise(near, { alpha: 1, sigma: 1e-130 })]).toEqual([...data]);
});

test("pure noise gives the mean of the data", () => {
  const mean = new Float64Array(SIZE);
  for (let i = 0; i < data.length; i++) mean[i % SIZE]! += data[i]! / COUNT;
  const denoised = law.denoise(x.subarray(0, SIZE), { alpha: 0, sigma: 1 });
  expect(largestGap(denoised, mean)).toBeLessThan(1e-15);
});

test("data in single precision and blocks of rows change nothing", () => {
  const single = Float32Array.from(normals(3000, 53));
  const large = empirical(single, 1);
  const batch = normals(1500, 54); // 3000 × 1500 distances: more than one block
  const level = { alpha: 1, sigma: 0.05 };
  const all = large.denoise(batch, level);
  const alone = [0, 700, 1499].map((n) => large.denoise(batch.subarray(n, n + 1), level)[0]);
  expect(alone).toEqual([all[0], all[700], all[1499]]);
  const double = empirical(Float64Array.from(single), 1);
  const few = batch.subarray(0, 20);
  expect(double.logDensity(few, level)).toEqual(large.logDensity(few, level));
  expect(double.participation(few, level)).toEqual(large.participation(few, level));
});

test("clean draws are data points, evenly, and the same in any batch", () => {
  const count = 12_000;
  const draws = law.sample(count, philoxNoise(8));
  const firsts = Array.from({ length: COUNT }, (_, j) => data[j * SIZE]!);
  const hits = new Array(COUNT).fill(0);
  for (let n = 0; n < count; n++) hits[firsts.indexOf(draws[n * SIZE]!)]++;
  for (const hit of hits) expect(Math.abs(hit - 1000)).toBeLessThan(5 * Math.sqrt(1000));
  const level = LEVELS[1]!;
  const many = law.sample(4, philoxNoise(8), level);
  expect(law.sample(1, philoxNoise(8, [2]), level)).toEqual(many.slice(2 * SIZE, 3 * SIZE));
});

test("clean levels, empty data and wrong shapes are named", () => {
  expect(() => law.score(x, CLEAN)).toThrow(
    "empirical.denoise: level.sigma must be at least 1e-140",
  );
  expect(() => empirical(new Float32Array(0), 2)).toThrow("data must hold at least one sample");
  expect(() => empirical(data, 5)).toThrow("empirical: x must hold whole samples of 5 values");
  expect(() => empirical(data, 0)).toThrow("empirical: size must be a positive integer, got 0");
});
