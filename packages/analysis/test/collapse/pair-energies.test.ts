import { simdMultiply } from "@symbreak/core";
import { expect, test } from "vitest";
import { pairEnergies } from "../../src/collapse/pair-energies.ts";
import { correlatedRows } from "../random-data.ts";

const [count, size] = [30, 5];
const data = Float32Array.from(correlatedRows(count, size, 1));

async function collect(draws: number) {
  const out: { distances: number[]; alignments: number[] }[] = [];
  for await (const { distances, alignments } of pairEnergies(data, size, draws, 3, simdMultiply))
    out.push({ distances: [...distances], alignments: [...alignments] });
  return out;
}

test("each draw is a data point: one distance is 0, the others those between points", async () => {
  for (const { distances, alignments } of await collect(20)) {
    const point = distances.indexOf(0);
    expect(alignments[point]).toBe(0);
    distances.forEach((square, v) => {
      let expected = 0;
      for (let j = 0; j < size; j++)
        expected += (data[point * size + j]! - data[v * size + j]!) ** 2;
      expect(square).toBeCloseTo(expected, 10);
    });
  }
});

test("alignments are those of one standard normal vector", async () => {
  const draws = await collect(2000);
  const ratios = draws.map(({ distances, alignments }) => {
    const v = distances.findIndex((square) => square > 0);
    return alignments[v]! / Math.sqrt(distances[v]!);
  });
  const mean = ratios.reduce((sum, value) => sum + value, 0) / 2000;
  const variance = ratios.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2000;
  expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(2000));
  expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / 2000));
});

test("a draw is the same however many are made", async () => {
  const [few, many] = [await collect(3), await collect(9)];
  expect(many.slice(0, 3)).toEqual(few);
});
