import fc from "fast-check";
import { expect, test } from "vitest";
import { missingRanges, parseShard, shardOf } from "../../src/work/shard.ts";

const parts = (count: number, of: number, grain?: number) =>
  Array.from({ length: of }, (_, index) => shardOf(count, index, of, grain));

test("parts follow each other, cover every sample once and differ by one grain at most", () => {
  const sizes = {
    count: fc.integer({ min: 0, max: 100_000 }),
    of: fc.integer({ min: 1, max: 300 }),
    grain: fc.integer({ min: 1, max: 512 }),
  };
  fc.assert(
    fc.property(fc.record(sizes), ({ count, of, grain }) => {
      const ranges = parts(count, of, grain);
      let end = 0;
      for (const { first, count: size } of ranges) {
        expect(first).toBe(end);
        if (size > 0) expect(first % grain).toBe(0);
        end += size;
      }
      expect(end).toBe(count);
      const blocks = ranges.map(({ count: size }) => Math.ceil(size / grain));
      expect(Math.max(...blocks) - Math.min(...blocks)).toBeLessThanOrEqual(1);
      expect(missingRanges(ranges, count)).toEqual([]);
    }),
  );
});

test("counts beyond 2⁵³ over the number of parts are cut without rounding", () => {
  const count = Number.MAX_SAFE_INTEGER;
  const ranges = parts(count, 7);
  expect(ranges.reduce((sum, range) => sum + BigInt(range.count), 0n)).toBe(BigInt(count));
});

test("shards are written like 2/7", () => {
  expect(parseShard("0/1")).toEqual({ index: 0, of: 1 });
  expect(parseShard("2/7")).toEqual({ index: 2, of: 7 });
  for (const text of ["7/7", "2", "-1/3", "1/0", "1.5/3", "2/7 ", "1e1/20", ""])
    expect(() => parseShard(text)).toThrow("a shard must be like 2/7");
  expect(() => shardOf(10, 3, 3)).toThrow("index must be a whole number from 0 to 2, got 3");
});

test("what is missing is named; a shard that ran twice counts once", () => {
  const [a, , c] = parts(10, 3);
  expect(missingRanges([c!, a!, c!], 10)).toEqual([{ first: 3, count: 3 }]);
  expect(missingRanges([a!], 10)).toEqual([{ first: 3, count: 7 }]);
  expect(missingRanges([], 0)).toEqual([]);
  expect(() => missingRanges([a!, { first: 2, count: 2 }], 10)).toThrow("must not overlap");
  expect(() => missingRanges([{ first: 8, count: 3 }], 10)).toThrow("must end at 10 or before");
});
