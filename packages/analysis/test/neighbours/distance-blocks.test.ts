import { dataOf, sliceSamples } from "@symbreak/core";
import { expect, test } from "vitest";
import { distanceBlocks } from "../../src/neighbours/distance-blocks.ts";
import { pairDistance } from "../../src/neighbours/pair-distance.ts";
import { correlatedRows, sparseBytes } from "../random-data.ts";

const scale = { name: "test", a: [0.1], b: [2] };
test.each([
  ["floats", dataOf(correlatedRows(300, 40, 1, 9), [40])],
  ["bytes", dataOf(sparseBytes(300, 40, 2), [40], scale)],
])("blocks cover all pairs once, within their error (%s)", async (_, data) => {
  const rows = sliceSamples(data, 0, 260);
  const distance = pairDistance(rows, data);
  let pairs = 0;
  for await (const block of distanceBlocks("test", rows, data)) {
    const { row, rows: height, column, columns, squares, error } = block;
    expect(error).toBeLessThan(1e-8);
    pairs += height * columns;
    for (let r = 0; r < height; r += 13)
      for (let s = 0; s < columns; s += 7) {
        const difference = squares[r * columns + s]! - distance(row + r, column + s);
        expect(Math.abs(difference)).toBeLessThanOrEqual(error);
      }
  }
  expect(pairs).toBe(260 * 300);
});
