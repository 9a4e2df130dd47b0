import { AS_IS, dataOf, SYMMETRIC, shardOf, type Units } from "@symbreak/core";
import { expect, test } from "vitest";
import {
  covarianceOfParts,
  SCATTER_GRAIN,
  sampleCovariance,
  scatterPart,
} from "../../src/index.ts";
import { apart, correlatedRows, plainCovariance, sparseBytes } from "../random-data.ts";

/** The parts of a set in n shards, in an order of their own. */
function cut<Values extends Uint8Array | Float64Array>(
  values: Values,
  size: number,
  shards: number,
  grain?: number,
  units: Units = AS_IS,
) {
  const count = values.length / size;
  const ranges = Array.from({ length: shards }, (_, i) => shardOf(count, i, shards, grain));
  const parts = ranges
    .filter((range) => range.count > 0)
    .map(({ first, count: n }) =>
      scatterPart(dataOf(values.subarray(first * size, (first + n) * size), [size], units), first),
    );
  return parts.toSorted(
    (p, q) => ((p.branches[0]!.first * 7919) % 101) - ((q.branches[0]!.first * 7919) % 101),
  );
}

test.each([9000, 8192, 700])(
  "floats: 1, 3 and 7 shards in any order give the same bits, which are the covariance (n = %i)",
  (count) => {
    const size = 5;
    const values = correlatedRows(count, size, 1, 1e3);
    const [whole, ...others] = [1, 3, 7].map((shards) =>
      covarianceOfParts(cut(values, size, shards, SCATTER_GRAIN), count),
    );
    for (const other of others) expect(other).toEqual(whole);
    const plain = plainCovariance(values, size);
    expect(apart(whole!.mean, plain.mean)).toBeLessThan(1e-14);
    expect(apart(whole!.matrix, plain.matrix)).toBeLessThan(1e-12);
  },
);

test("bytes: any cut at all gives the bits of one pass, in the model's units", () => {
  const [count, size] = [1500, 6];
  const values = sparseBytes(count, size, 2);
  const units = { name: "test", a: [2, -0.5], b: [1, 3] };
  for (const shards of [1, 3, 7, 11])
    expect(covarianceOfParts(cut(values, size, shards, undefined, units), count)).toEqual(
      sampleCovariance(dataOf(values, [size], units)),
    );
});

test("a shard that is there twice counts once, and one that is missing is named", () => {
  const values = sparseBytes(90, 4, 3);
  const [a, b, c] = cut(values, 4, 3);
  expect(covarianceOfParts([a!, b!, c!, b!], 90)).toEqual(
    sampleCovariance(dataOf(values, [4], AS_IS)),
  );
  const inOrder = [a!, b!, c!].toSorted((p, q) => p.branches[0]!.first - q.branches[0]!.first);
  expect(() => covarianceOfParts(inOrder.slice(0, 2), 90)).toThrow("sample 60 of 90 is missing");
  expect(() => covarianceOfParts([inOrder[0]!, inOrder[2]!], 90)).toThrow(
    "sample 30 is not the next",
  );
  expect(() => covarianceOfParts([], 0)).toThrow("is missing");
});

test("parts of floats begin at whole blocks, and all parts are alike", () => {
  const data = dataOf(correlatedRows(20, 2, 4), [2]);
  expect(() => scatterPart(data, 10)).toThrow("must begin at a multiple of 1024, got 10");
  const bytes = scatterPart(dataOf(new Uint8Array(6), [2], AS_IS), 20);
  expect(() => covarianceOfParts([scatterPart(data, 0), bytes], 23)).toThrow("all parts must be");
  const other = scatterPart(dataOf(new Uint8Array(6), [2], SYMMETRIC), 3);
  const same = scatterPart(dataOf(new Uint8Array(6), [2], AS_IS), 0);
  expect(() => covarianceOfParts([same, other], 6)).toThrow('in the units "as-is"');
});
