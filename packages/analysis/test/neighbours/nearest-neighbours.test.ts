import { expect, test } from "vitest";
import { type Data, nearestNeighbours } from "../../src/index.ts";
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
  Float64Array.from(data.values, (v) => (data.scale?.a[0] ?? 1) * v + (data.scale?.b[0] ?? 0));

const scale = { a: [1 / 127.5], b: [-1] };
test.each<[string, Data, Data]>([
  [
    "floats",
    { values: correlatedRows(40, 33, 1), size: 33 },
    { values: correlatedRows(1100, 33, 2), size: 33 },
  ],
  [
    "few coordinates",
    { values: correlatedRows(300, 2, 3), size: 2 },
    { values: correlatedRows(300, 2, 4), size: 2 },
  ],
  [
    "bytes",
    { values: sparseBytes(270, 20, 5), size: 20, scale },
    { values: sparseBytes(1050, 20, 6), size: 20, scale },
  ],
  [
    "bytes against floats",
    { values: sparseBytes(20, 9, 7), size: 9, scale },
    { values: correlatedRows(60, 9, 8), size: 9 },
  ],
])("neighbours are those of the definition (%s)", async (_, queries, references) => {
  const { indices, distances } = await nearestNeighbours(queries, references, 4);
  const expected = plain(unscaled(queries), unscaled(references), queries.size, 4).flat();
  expect(distances).toHaveLength(expected.length);
  expected.forEach(({ index, distance }, i) => {
    expect(indices[i]).toBe(index);
    expect(distances[i]).toBeCloseTo(distance, 12);
  });
});

test("neighbours far from the origin keep their digits", async () => {
  const near = correlatedRows(50, 6, 9);
  const far = { values: near.map((value) => value + 1e6), size: 6 };
  const { indices } = await nearestNeighbours(far, far, 2, { excludeSelf: true });
  const data = { values: near, size: 6 };
  expect(indices).toEqual((await nearestNeighbours(data, data, 2, { excludeSelf: true })).indices);
});

test("a product in single precision loses no neighbour", async () => {
  const [queries, references] = [correlatedRows(20, 50, 10, 3), correlatedRows(500, 50, 11, 3)];
  const { multiply } = await import("@symbreak/core");
  const single = async (...[a, b, shape]: Parameters<typeof multiply>) =>
    Float32Array.from(multiply(a, b, shape));
  const [p, q] = [
    { values: queries, size: 50 },
    { values: references, size: 50 },
  ];
  const found = await nearestNeighbours(p, q, 5, { multiply: single });
  const exact = await nearestNeighbours(p, q, 5);
  expect(found.indices).toEqual(exact.indices);
  expect(found.distances).toEqual(exact.distances);
});

test("a sample is not its own neighbour, but its duplicate is", async () => {
  const rows = sparseBytes(6, 12, 12);
  rows.copyWithin(4 * 12, 0, 12);
  const data = { values: rows, size: 12 };
  const { indices, distances } = await nearestNeighbours(data, data, 1, { excludeSelf: true });
  expect([indices[0], distances[0], indices[4], distances[4]]).toEqual([4, 0, 0, 0]);
  expect(distances[1]).toBeGreaterThan(0);
});

test("k, sizes and values are checked", async () => {
  const data = { values: Float32Array.of(1, 2, 3, 4), size: 2 };
  await expect(nearestNeighbours(data, data, 2, { excludeSelf: true })).rejects.toThrow(
    "nearestNeighbours: k must be an integer from 1 to 1, got 2",
  );
  await expect(nearestNeighbours(data, { ...data, size: 1 }, 1)).rejects.toThrow(
    "2 numbers a sample",
  );
  const bad = { values: Float32Array.of(1, Number.NaN), size: 2 };
  await expect(nearestNeighbours(bad, data, 1)).rejects.toThrow("sample 0, coordinate 1");
});
