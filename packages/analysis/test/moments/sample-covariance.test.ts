import { AS_IS, dataOf } from "@symbreak/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeCovariances, sampleCovariance, streamCovariance } from "../../src/index.ts";
import { apart, correlatedRows, plainCovariance, sparseBytes } from "../random-data.ts";

test("floats far from 0 keep their digits", () => {
  const values = correlatedRows(1500, 13, 1, 1e4);
  const { mean, matrix } = plainCovariance(values, 13);
  const found = sampleCovariance(dataOf(values, [13]));
  expect(found.count).toBe(1500);
  expect(apart(found.mean, mean)).toBeLessThan(1e-14);
  expect(apart(found.matrix, matrix)).toBeLessThan(1e-13);
});

test("bytes are exact, whatever is 0 throughout", () => {
  const values = sparseBytes(1100, 21, 2);
  const { mean, matrix } = plainCovariance(values, 21);
  const found = sampleCovariance(dataOf(values, [21], AS_IS));
  expect(apart(found.mean, mean)).toBeLessThan(1e-14);
  expect(apart(found.matrix, matrix)).toBeLessThan(1e-13);
  let square = 0;
  for (let n = 0; n < 1100; n++) square += values[n * 21 + 1]! * values[n * 21 + 2]!;
  const recovered = found.matrix[21 + 2]! + found.mean[1]! * found.mean[2]!;
  expect(Math.abs(recovered * 1100 - square) / square).toBeLessThan(1e-15);
});

test("the scale moves the mean and multiplies the covariance, channel by channel", () => {
  const values = sparseBytes(300, 6, 3);
  const scale = { name: "test", a: [2, -0.5], b: [1, 3] };
  const rows = Float64Array.from(values, (v, i) => (i % 6 < 3 ? 2 * v + 1 : -0.5 * v + 3));
  const { mean, matrix } = plainCovariance(rows, 6);
  const found = sampleCovariance(dataOf(values, [6], scale));
  expect(apart(found.mean, mean)).toBeLessThan(1e-14);
  expect(apart(found.matrix, matrix)).toBeLessThan(1e-13);
});

test("a stream of batches, from arrays or in time, gives what all together give", async () => {
  const values = correlatedRows(700, 9, 4);
  const whole = sampleCovariance(dataOf(values, [9]));
  async function* batches() {
    for (const [from, to] of [
      [0, 1],
      [1, 300],
      [300, 700],
    ] as const)
      yield dataOf(values.subarray(9 * from, 9 * to), [9]);
  }
  const found = await streamCovariance(batches());
  expect(found.count).toBe(700);
  expect(apart(found.mean, whole.mean)).toBeLessThan(1e-12);
  expect(apart(found.matrix, whole.matrix)).toBeLessThan(1e-14);
});

test("covariances of shards merge to that of all, in any order, wherever they are cut", () => {
  const number = fc.float({ noNaN: true, min: -1000, max: 1000 });
  const rows = fc.array(fc.tuple(number, number, number), { minLength: 3, maxLength: 40 });
  fc.assert(
    fc.property(rows, fc.nat(), fc.nat(), (samples, one, other) => {
      const values = Float64Array.from(samples.flat());
      const cuts = [one, other].map((cut) => 1 + (cut % (samples.length - 1)));
      const [from, to] = [Math.min(...cuts), Math.max(...cuts)];
      const parts = [
        [0, from],
        [from, to],
        [to, samples.length],
      ]
        .filter(([first, last]) => first! < last!)
        .map(([first, last]) =>
          sampleCovariance(dataOf(values.subarray(3 * first!, 3 * last!), [3])),
        );
      const whole = plainCovariance(values, 3);
      for (const order of [parts, [...parts].reverse()]) {
        const merged = order.reduce(mergeCovariances);
        expect(merged.count).toBe(samples.length);
        for (let i = 0; i < 9; i++)
          expect(Math.abs(merged.matrix[i]! - whole.matrix[i]!)).toBeLessThan(1e-8);
        for (let j = 0; j < 3; j++)
          expect(Math.abs(merged.mean[j]! - whole.mean[j]!)).toBeLessThan(1e-10);
      }
    }),
  );
});

test("one sample, and samples that are all alike, have no covariance", () => {
  const one = sampleCovariance(dataOf(Float32Array.of(3, 4), [2]));
  expect([...one.mean, ...one.matrix]).toEqual([3, 4, 0, 0, 0, 0]);
  const alike = sampleCovariance(dataOf(new Uint8Array(40).fill(7), [4], AS_IS));
  expect(alike.matrix.every((value) => value === 0)).toBe(true);
});

test("a NaN is named by its place in the stream", async () => {
  const good = dataOf(new Float32Array(12), [3]);
  const bad = dataOf(Float32Array.of(1, 2, 3, 4, Number.NaN, 6), [3]);
  await expect(streamCovariance([good, bad])).rejects.toThrow(
    "streamCovariance: data.values must be finite (sample 5, coordinate 1), got NaN",
  );
});

test("batches that do not belong together, and no batches, are refused", async () => {
  const bytes = dataOf(new Uint8Array(6), [3], AS_IS);
  await expect(streamCovariance([bytes, dataOf(bytes.values, [2], AS_IS)])).rejects.toThrow(
    "samples of 3",
  );
  const floats = dataOf(new Float32Array(6), [3]);
  await expect(streamCovariance([bytes, floats])).rejects.toThrow("all bytes or all floats");
  await expect(streamCovariance([])).rejects.toThrow("at least one sample");
});

test("a covariance too large for memory is refused before it is allocated", () => {
  const data = dataOf(new Uint8Array(12_288), [12_288], AS_IS);
  expect(() => sampleCovariance(data)).toThrow("ask for a rank");
});
