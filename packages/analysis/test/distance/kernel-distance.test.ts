import { type Data, dataOf, multiply, rowsInUnits } from "@symbreak/core";
import { expect, test } from "vitest";
import { kernelDistance } from "../../src/index.ts";
import { correlatedRows } from "../random-data.ts";

const rows = (count: number, seed: number, offset: number = 0): Data =>
  dataOf(correlatedRows(count, 4, seed, offset), [4]);

test("of unequal counts it is the unbiased estimate by its definition", async () => {
  const [x, y] = [rows(7, 1), rows(9, 2, 0.5)];
  const kernel = (p: Data, i: number, q: Data, j: number) => {
    let dot = 0;
    for (let k = 0; k < 4; k++) dot += p.values[4 * i + k]! * q.values[4 * j + k]!;
    return (dot / 4 + 1) ** 3;
  };
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < 7; i++) for (let j = 0; j < 7; j++) if (i !== j) xx += kernel(x, i, x, j);
  for (let i = 0; i < 9; i++) for (let j = 0; j < 9; j++) if (i !== j) yy += kernel(y, i, y, j);
  for (let i = 0; i < 7; i++) for (let j = 0; j < 9; j++) xy += kernel(x, i, y, j);
  const found = await kernelDistance(x, y);
  expect(found.value).toBeCloseTo(xx / 42 + yy / 72 - (2 * xy) / 63, 12);
  expect(found).toMatchObject({ subsets: 1, standardDeviation: null });
});

test("bytes in exact integers agree with the doubles that they stand for, beyond one tile too", async () => {
  const bytes = (count: number, seed: number, a: number, b: number): Data =>
    dataOf(
      Uint8Array.from(correlatedRows(count, 4, seed, 0), (value) => 128 + 30 * value),
      [4],
      { name: "test", a: [a], b: [b] },
    );
  const doubles = (data: Data): Data => dataOf(rowsInUnits("test", data, 0, data.count), [4]);
  const [x, y] = [bytes(1100, 5, 2 / 255, -1), bytes(1030, 6, 1 / 100, 0.25)];
  const options = { subsetSize: 2000 };
  const found = await kernelDistance(x, y, options);
  const plain = await kernelDistance(doubles(x), doubles(y), { ...options, multiply });
  const [p, q] = [doubles(x).values, doubles(y).values];
  const mean = (a: typeof p, b: typeof p): number => {
    let sum = 0;
    for (let i = 0; i < a.length; i += 4)
      for (let j = 0; j < b.length; j += 4)
        if (a !== b || i !== j) {
          let dot = 0;
          for (let k = 0; k < 4; k++) dot += a[i + k]! * b[j + k]!;
          sum += (dot / 4 + 1) ** 3;
        }
    return sum / ((a.length / 4) * ((a === b ? -1 : 0) + b.length / 4));
  };
  const expected = mean(p, p) + mean(q, q) - 2 * mean(p, q);
  for (const { value } of [found, plain]) expect(value).toBeCloseTo(expected, 11);
});

test("subsets are seeded, and their mean is the distance without bias", async () => {
  const [x, y] = [rows(1500, 3), rows(1200, 4)];
  const options = { subsets: 20, subsetSize: 100, seed: 7 };
  const found = await kernelDistance(x, y, options);
  expect(await kernelDistance(x, y, options)).toEqual(found);
  expect((await kernelDistance(x, y, { ...options, seed: 8 })).value).not.toBe(found.value);
  expect(Math.abs(found.value)).toBeLessThan(found.standardDeviation!);
  const apart = await kernelDistance(x, rows(1200, 4, 1), options);
  expect(apart.value).toBeGreaterThan(10 * found.standardDeviation!);
});

test("sizes and subsets are checked", async () => {
  await expect(kernelDistance(rows(5, 1), dataOf(new Float32Array(6), [3]))).rejects.toThrow(
    "both sets must have 4 features, got 3",
  );
  await expect(kernelDistance(rows(1, 1), rows(5, 1))).rejects.toThrow("at least 2 samples");
  await expect(kernelDistance(rows(5, 1), rows(5, 1), { subsetSize: 1 })).rejects.toThrow(
    "subsetSize must be an integer of at least 2",
  );
});
