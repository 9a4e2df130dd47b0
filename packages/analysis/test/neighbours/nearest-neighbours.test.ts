import { AS_IS, type Data, dataOf, sizeOf } from "@symbreak/core";
import { expect, test } from "vitest";
import { nearestNeighbours } from "../../src/index.ts";
import { correlatedRows, sparseBytes } from "../random-data.ts";

/** By the definition, in plain loops; of equally near ones the first. */
function plain(queries: Float64Array, references: Float64Array, size: number, k: number) {
  return Array.from({ length: queries.length / size }, (_, n) => {
    const all = Array.from({ length: references.length / size }, (_, m) => {
      let square = 0;
      for (let j = 0; j < size; j++)
        square += (queries[n * size + j]! - references[m * size + j]!) ** 2;
      return { index: m, distance: Math.sqrt(square) };
    });
    return all.sort((a, b) => a.distance - b.distance || a.index - b.index).slice(0, k);
  });
}

const unscaled = (data: Data): Float64Array =>
  Float64Array.from(data.values, (v) => data.units.a[0]! * v + data.units.b[0]!);

const scale = { name: "test", a: [1 / 127.5], b: [-1] };
test.each<[string, Data, Data]>([
  ["floats", dataOf(correlatedRows(40, 33, 1), [33]), dataOf(correlatedRows(1100, 33, 2), [33])],
  [
    "few coordinates",
    dataOf(correlatedRows(300, 2, 3), [2]),
    dataOf(correlatedRows(300, 2, 4), [2]),
  ],
  [
    "bytes",
    dataOf(sparseBytes(270, 20, 5), [20], scale),
    dataOf(sparseBytes(1050, 20, 6), [20], scale),
  ],
  [
    "bytes against floats",
    dataOf(sparseBytes(20, 9, 7), [9], scale),
    dataOf(correlatedRows(60, 9, 8), [9]),
  ],
])("neighbours are those of the definition (%s)", async (_, queries, references) => {
  const { indices, distances } = await nearestNeighbours(queries, references, 4);
  const expected = plain(unscaled(queries), unscaled(references), sizeOf(queries.shape), 4).flat();
  expect(distances).toHaveLength(expected.length);
  expected.forEach(({ index, distance }, i) => {
    expect(indices[i]).toBe(index);
    expect(distances[i]).toBeCloseTo(distance, 12);
  });
});

test("neighbours far from the origin keep their digits", async () => {
  const near = correlatedRows(50, 6, 9);
  const far = dataOf(
    near.map((value) => value + 1e6),
    [6],
  );
  const { indices } = await nearestNeighbours(far, far, 2, { excludeSelf: true });
  const data = dataOf(near, [6]);
  expect(indices).toEqual((await nearestNeighbours(data, data, 2, { excludeSelf: true })).indices);
});

test("a product in single precision loses no neighbour", async () => {
  const [queries, references] = [correlatedRows(20, 50, 10, 3), correlatedRows(500, 50, 11, 3)];
  const { multiply } = await import("@symbreak/core");
  const single = async (...[a, b, shape]: Parameters<typeof multiply>) =>
    Float32Array.from(multiply(a, b, shape));
  const [p, q] = [dataOf(queries, [50]), dataOf(references, [50])];
  const found = await nearestNeighbours(p, q, 5, { multiply: single });
  const exact = await nearestNeighbours(p, q, 5);
  expect(found.indices).toEqual(exact.indices);
  expect(found.distances).toEqual(exact.distances);
});

test("neighbours that single precision cannot tell apart are found in double", async () => {
  const size = 40;
  const base = correlatedRows(1, size, 13);
  // Sixty references around one point, nearer to each other by far than the rounding of their products.
  const references = Float64Array.from({ length: 60 * size }, (_, i) => {
    const [m, j] = [Math.floor(i / size), i % size];
    return 10 * base[j]! + 1e-7 * (1 + ((7 * m) % 60)) * (j === 3 ? 1 : 0) + (m >= 50 ? 5 : 0);
  });
  const queries = base.map((value) => 10 * value);
  for (const excludeSelf of [false, true]) {
    const asked = excludeSelf ? references : queries;
    const found = await nearestNeighbours(dataOf(asked, [size]), dataOf(references, [size]), 4, {
      excludeSelf,
    });
    const expected = plain(asked, references, size, excludeSelf ? 5 : 4).flatMap((all, n) =>
      (excludeSelf ? all.filter(({ index }) => index !== n) : all).map(({ index }) => index),
    );
    expect(Array.from(found.indices)).toEqual(expected);
  }
});

test("a sample is not its own neighbour, but its duplicate is", async () => {
  const rows = sparseBytes(6, 12, 12);
  rows.copyWithin(4 * 12, 0, 12);
  const data = dataOf(rows, [12], AS_IS);
  const { indices, distances } = await nearestNeighbours(data, data, 1, { excludeSelf: true });
  expect([indices[0], distances[0], indices[4], distances[4]]).toEqual([4, 0, 0, 0]);
  expect(distances[1]).toBeGreaterThan(0);
});

test("k, sizes and values are checked", async () => {
  const data = dataOf(Float32Array.of(1, 2, 3, 4), [2]);
  await expect(nearestNeighbours(data, data, 2, { excludeSelf: true })).rejects.toThrow(
    "nearestNeighbours: k must be an integer from 1 to 1, got 2",
  );
  await expect(nearestNeighbours(data, dataOf(data.values, [1]), 1)).rejects.toThrow(
    "2 numbers a sample",
  );
  const bad = dataOf(Float32Array.of(1, Number.NaN), [2]);
  await expect(nearestNeighbours(bad, data, 1)).rejects.toThrow("sample 0, coordinate 1");
});
