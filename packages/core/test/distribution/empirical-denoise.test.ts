import { expect, test } from "vitest";
import {
  empirical,
  empiricalDenoise,
  empiricalPosterior,
  type Multiply,
  multiply,
  type Samples,
} from "../../src/index.ts";
import { largestGap, normals } from "./support.ts";

const SIZE = 8;
const COUNT = 5000;
const data = Float32Array.from(normals(COUNT * SIZE, 61), (value) => value + 3);
const law = empirical(data, SIZE);

/** What a tensor library gives: single precision, later. */
const single: Multiply = async (a, b, shape) =>
  multiply(Float32Array.from(a), Float32Array.from(b), shape);

const batch = (alpha: number, sigma: number): Float32Array => {
  const noise = normals(50 * SIZE, 62);
  return Float32Array.from(noise, (value, i) => alpha * data[i]! + sigma * value);
};

test.each([
  [0.01, 1],
  [0.5, 0.87],
  [1, 3],
  [0.95, 0.3],
  [1, 0.05],
  [1, 1e-3],
  [1, 1e-6],
])(
  "single-precision products give the exact denoiser at alpha %d, sigma %d",
  async (alpha, sigma) => {
    const x = batch(alpha, sigma);
    const fast = await empiricalDenoise(data, SIZE, x, { alpha, sigma }, single);
    expect(largestGap(fast, law.denoise(x, { alpha, sigma }))).toBeLessThan(2e-5);
  },
);

test.each([
  [0.5, 0.87],
  [1, 0.05],
  [1, 1e-6],
])(
  "log density and participation come by the same way at alpha %d, sigma %d",
  async (alpha, sigma) => {
    const x = batch(alpha, sigma);
    const level = { alpha, sigma };
    const posterior = await empiricalPosterior(data, SIZE, x, level, single);
    const scale = 1 + Math.abs(Math.log(sigma));
    const exact = law.logDensity(x, level);
    expect(largestGap(posterior.logDensity, exact) / scale).toBeLessThan(1e-4);
    const ratio = law
      .participation(x, level)
      .map((value, n) => posterior.participation[n]! / value);
    expect(largestGap(ratio, new Float64Array(ratio.length).fill(1))).toBeLessThan(1e-3);
  },
);

test("data and batch may be in double precision, and the result has the batch's type", async () => {
  const level = { alpha: 0.9, sigma: 0.4 };
  const x = Float64Array.from(batch(0.9, 0.4));
  const fast = await empiricalDenoise(Float64Array.from(data), SIZE, x, level, single);
  expect(fast).toBeInstanceOf(Float64Array);
  expect(largestGap(fast, law.denoise(x, level))).toBeLessThan(2e-5);
  const narrow = await empiricalDenoise(data, SIZE, Float32Array.from(x), level, single);
  expect(narrow).toBeInstanceOf(Float32Array);
});

test("the products it asks for are bounded by blocks of the data", async () => {
  const widths: number[] = [];
  const counting: Multiply = (a: Samples, b: Samples, shape) => {
    widths.push(Math.max(shape.inner, shape.columns));
    return multiply(a, b, shape);
  };
  const level = { alpha: 0.5, sigma: 0.87 };
  await empiricalDenoise(data, SIZE, batch(0.5, 0.87), level, counting);
  expect(widths.length).toBe(2 * 5);
  expect(Math.max(...widths)).toBe(1024);
});

test("a sample is the same in any batch, bit for bit", async () => {
  for (const sigma of [0.87, 0.05]) {
    const level = { alpha: 0.5, sigma };
    const x = batch(0.5, sigma);
    const all = await empiricalDenoise(data, SIZE, x, level, single);
    const one = await empiricalDenoise(data, SIZE, x.slice(7 * SIZE, 8 * SIZE), level, single);
    expect(one).toEqual(all.slice(7 * SIZE, 8 * SIZE));
  }
});

test("errors name the function and the argument", async () => {
  const x = batch(1, 1);
  const clean = { alpha: 1, sigma: 0 };
  await expect(empiricalDenoise(data, SIZE, x, clean, single)).rejects.toThrow(
    "empiricalDenoise: level.sigma must be at least 1e-140, got 0",
  );
  await expect(
    empiricalPosterior(new Float32Array(0), SIZE, x, { alpha: 1, sigma: 1 }, single),
  ).rejects.toThrow("empiricalPosterior: data must hold at least one sample");
});
