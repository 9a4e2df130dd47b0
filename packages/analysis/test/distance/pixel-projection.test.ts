import { dataOf } from "@symbreak/core";
import { expect, test } from "vitest";
import { coordinateMoments, moments, pixelProjection } from "../../src/index.ts";
import { apart, correlatedRows } from "../random-data.ts";

test("features are uncorrelated, centred, and have the eigenvalues as variances", async () => {
  const data = dataOf(correlatedRows(1500, 7, 1, 4), [7], { name: "test", a: [2], b: [1] });
  const found = await moments(data);
  const { extractor, project } = pixelProjection(found, 3);
  expect(extractor).toBe("pca3");
  const features = project(data);
  expect(features.shape).toEqual([3]);
  const { mean, variances } = coordinateMoments(features);
  expect(mean.every((value) => Math.abs(value) < 1e-12)).toBe(true);
  if (found.covariance.kind !== "spectral") throw new Error();
  expect(apart(variances, found.covariance.eigenvalues.slice(0, 3))).toBeLessThan(1e-12);
});

test("k and sizes are checked", async () => {
  const found = await moments(dataOf(correlatedRows(3, 7, 2), [7]));
  expect(() => pixelProjection(found)).toThrow("k must be an integer from 1 to 2");
  const { project } = pixelProjection(found, 2);
  expect(() => project(dataOf(new Float32Array(6), [3]))).toThrow("7 numbers");
  const diagonal = await moments(dataOf(correlatedRows(3, 7, 2), [7]), { rank: "diagonal" });
  expect(() => pixelProjection(diagonal)).toThrow("eigenvectors");
});
