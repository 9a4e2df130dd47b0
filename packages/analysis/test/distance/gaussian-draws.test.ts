import { type Data, dataOf, SYMMETRIC } from "@symbreak/core";
import { expect, test } from "vitest";
import { gaussianDraws } from "../../src/index.ts";
import { plainCovariance } from "../random-data.ts";

/** 300 samples of 4 numbers: a sine, another correlated with it, one by itself and a constant. */
const numbers = Float64Array.from({ length: 4 * 300 }, (_, i) => {
  const [n, j] = [i >> 2, i % 4];
  const along = 20 * Math.sin(n * 1.7);
  return [120 + along, 130 + along + 3 * Math.cos(5 * n), 100 + 8 * Math.cos(3.1 * n), 90][j]!;
});
const floats = dataOf(numbers, [4]);
const bytes = dataOf(Uint8Array.from(numbers), [4], SYMMETRIC);
const COUNT = 20_000;

test.each([
  ["floats", floats, 0],
  // Rounding to bytes adds 1/12 to a variance, and a constant stays one.
  ["bytes", bytes, 1 / 12],
])("draws have the mean and the covariance of %s", async (_, data, rounding) => {
  const { values } = await gaussianDraws(data, COUNT, { seed: 3 });
  const [found, wanted] = [plainCovariance(values, 4), plainCovariance(data.values, 4)];
  const variance = (k: number) => wanted.matrix[5 * k]!;
  for (let j = 0; j < 4; j++) {
    const scatter = Math.sqrt((variance(j) + rounding) / COUNT);
    expect(Math.abs(found.mean[j]! - wanted.mean[j]!)).toBeLessThan(5 * scatter + 1e-9);
    for (let k = 0; k < 4; k++) {
      const added = j === k && j < 3 ? rounding : 0;
      const spread = Math.sqrt((2 * variance(j) * variance(k)) / COUNT);
      const difference = found.matrix[4 * j + k]! - wanted.matrix[4 * j + k]! - added;
      expect(Math.abs(difference)).toBeLessThan(5 * spread + 1e-9);
    }
  }
});

test("draws are Gaussian where the data are not", async () => {
  const kurtosis = (values: Data["values"]): number => {
    const { mean, matrix } = plainCovariance(values, 4);
    let fourth = 0;
    for (let i = 0; i < values.length; i += 4) fourth += (values[i]! - mean[0]!) ** 4;
    return fourth / (values.length / 4) / matrix[0]! ** 2;
  };
  expect(kurtosis(floats.values)).toBeCloseTo(1.5, 1);
  const { values } = await gaussianDraws(floats, COUNT, { seed: 4 });
  expect(Math.abs(kurtosis(values) - 3)).toBeLessThan(5 * Math.sqrt(24 / COUNT));
});

test("a draw is its seed's and its number's, in the data's shape and units, without labels", async () => {
  const labelled = { ...bytes, labels: new Uint8Array(300) };
  const few = await gaussianDraws(labelled, 3, { seed: 5 });
  expect(few).toEqual({ values: few.values, count: 3, shape: [4], units: SYMMETRIC });
  expect(few.values).toBeInstanceOf(Uint8Array);
  const more = await gaussianDraws(bytes, 5, { seed: 5 });
  expect(more.values.subarray(0, 12)).toEqual(few.values);
  expect((await gaussianDraws(bytes, 3, { seed: 6 })).values).not.toEqual(few.values);
});

test("what lies beyond the bytes is cut off, and no draws or data are refused", async () => {
  const extreme = dataOf(Uint8Array.of(0, 255, 0, 255, 255, 0, 255, 0), [2], SYMMETRIC);
  const { values } = await gaussianDraws(extreme, 200);
  expect(Array.from(values).filter((byte) => byte === 0 || byte === 255).length).toBeGreaterThan(
    100,
  );
  await expect(gaussianDraws(extreme, 0)).rejects.toThrow("count must be a positive integer");
  const one = dataOf(new Float64Array(2), [2]);
  await expect(gaussianDraws(one, 3)).rejects.toThrow("at least 2 samples, got 1");
});
