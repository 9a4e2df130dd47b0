import { AS_IS, covarianceMatrix, dataOf, type Moments } from "@symbreak/core";
import { expect, test } from "vitest";
import { moments, sampleCovariance } from "../../src/index.ts";
import { apart, correlatedRows, sparseBytes } from "../random-data.ts";

const dense = ({ covariance, size }: Moments): Float64Array => covarianceMatrix(covariance, size);

test("full moments recompose the covariance, constant coordinates included", async () => {
  const data = dataOf(sparseBytes(500, 28, 1), [28], { name: "test", a: [1 / 255], b: [0] });
  const found = await moments(data);
  expect(found.count).toBe(500);
  expect(apart(dense(found), sampleCovariance(data).matrix)).toBeLessThan(1e-13);
});

test("a stream has the same full moments", async () => {
  const values = correlatedRows(90, 6, 2);
  const found = await moments([
    dataOf(values.subarray(0, 240), [6]),
    dataOf(values.subarray(240), [6]),
  ]);
  expect(found.count).toBe(90);
  expect(apart(dense(found), sampleCovariance(dataOf(values, [6])).matrix)).toBeLessThan(1e-13);
});

test("fewer samples than coordinates give the same moments by the Gram matrix", async () => {
  const values = correlatedRows(12, 600, 3, 5);
  const found = await moments(dataOf(values, [600]));
  expect(found.covariance).toMatchObject({ kind: "spectral", residual: 0 });
  if (found.covariance.kind !== "spectral") return;
  expect(found.covariance.eigenvalues).toHaveLength(11);
  expect(apart(dense(found), sampleCovariance(dataOf(values, [600])).matrix)).toBeLessThan(1e-12);
});

test("low-rank moments have the top eigenpairs and the trace", async () => {
  const data = dataOf(correlatedRows(300, 10, 4), [10]);
  const [low, full] = [await moments(data, { rank: 3 }), await moments(data)];
  if (low.covariance.kind !== "spectral" || full.covariance.kind !== "spectral") throw new Error();
  const { eigenvalues } = full.covariance;
  expect(apart(low.covariance.eigenvalues, eigenvalues.slice(0, 3))).toBeLessThan(1e-9);
  const rest = eigenvalues.slice(3).reduce((sum, value) => sum + value, 0);
  expect(low.covariance.residual).toBeCloseTo(rest / 7, 9);
});

test("diagonal moments are the diagonal", async () => {
  const data = dataOf(correlatedRows(50, 4, 5), [4]);
  const { matrix } = sampleCovariance(data);
  const { covariance } = await moments(data, { rank: "diagonal" });
  expect(covariance.kind).toBe("diagonal");
  if (covariance.kind !== "diagonal") return;
  expect(
    apart(
      covariance.variances,
      [0, 5, 10, 15].map((i) => matrix[i]!),
    ),
  ).toBeLessThan(1e-13);
});

test("one sample, and constant data, have the moments of a point", async () => {
  for (const data of [
    dataOf(Float32Array.of(1, 2, 3), [3]),
    dataOf(new Uint8Array(30).fill(9), [3], AS_IS),
  ]) {
    const { covariance, mean } = await moments(data);
    expect(mean[0]).toBe(data.values[0]);
    if (covariance.kind !== "spectral") throw new Error();
    expect(covariance.residual).toBe(0);
    expect(covariance.eigenvalues.every((value) => value === 0)).toBe(true);
  }
});

test("a rank of a stream is refused", async () => {
  const data = dataOf(correlatedRows(10, 4, 6), [4]);
  await expect(moments([data], { rank: 2 })).rejects.toThrow("rank must be full for a stream");
});
