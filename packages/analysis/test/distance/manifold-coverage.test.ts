import { AS_IS, dataOf } from "@symbreak/core";
import { expect, test } from "vitest";
import { manifoldCoverage } from "../../src/index.ts";
import { correlatedRows, sparseBytes } from "../random-data.ts";

test("on a line the numbers can be counted by hand", async () => {
  // Balls with k = 1 of the real ones: (−1, 1), (0, 2), (1, 19), (10, 30); of the generated ones: (−½, 1½), (½, 2½), (1½, 78½).
  const real = dataOf(Float32Array.of(0, 1, 10, 20), [1]);
  const generated = dataOf(Float32Array.of(0.5, 1.5, 40), [1]);
  const found = await manifoldCoverage(real, generated, { k: 1 });
  expect(found).toMatchObject({
    precision: 2 / 3,
    density: (2 + 2 + 0) / 3,
    coverage: 3 / 4,
    recall: 1,
    k: 1,
    counts: { real: 4, generated: 3 },
    size: 1,
  });
});

test("bytes and floats of the same values agree", async () => {
  const [x, y] = [sparseBytes(90, 12, 1), sparseBytes(70, 12, 2)];
  const asBytes = await manifoldCoverage(dataOf(x, [12], AS_IS), dataOf(y, [12], AS_IS));
  const asFloats = await manifoldCoverage(
    dataOf(Float32Array.from(x), [12]),
    dataOf(Float32Array.from(y), [12]),
  );
  expect(asBytes).toEqual(asFloats);
});

test("balls of duplicates have radius 0 and hold nothing", async () => {
  const same = dataOf(new Float32Array(20).fill(3), [2]);
  const found = await manifoldCoverage(same, same, { k: 3 });
  expect(found).toMatchObject({ precision: 0, recall: 0, density: 0, coverage: 0 });
});

test("a set covers itself, samples lying on spheres' surfaces apart", async () => {
  const data = dataOf(correlatedRows(100, 5, 3), [5]);
  const found = await manifoldCoverage(data, data, { k: 4 });
  expect(found).toMatchObject({ precision: 1, recall: 1, density: 1, coverage: 1 });
});

test("k must leave a neighbour", async () => {
  const data = dataOf(correlatedRows(5, 2, 4), [2]);
  await expect(manifoldCoverage(data, data)).rejects.toThrow("k must be an integer from 1 to 4");
});
