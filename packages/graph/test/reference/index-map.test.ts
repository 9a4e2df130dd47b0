import { describe, expect, it } from "vitest";
import { broadcastMap, indexMap, positionOf, stridesOf } from "../../src/reference/index-map.ts";

describe("index maps", () => {
  it("walk strides in row-major order", () => {
    expect(stridesOf([2, 3, 4])).toEqual([12, 4, 1]);
    expect(Array.from(indexMap([2, 3], [1, 2], 10))).toEqual([10, 12, 14, 11, 13, 15]);
    expect(Array.from(indexMap([], []))).toEqual([0]);
    expect(positionOf([1, 2, 3], [2, 3, 4])).toBe(23);
  });

  it("stretch axes of one", () => {
    expect(Array.from(broadcastMap([2, 1], [2, 2, 2]))).toEqual([0, 0, 1, 1, 0, 0, 1, 1]);
    expect(Array.from(broadcastMap([], [3]))).toEqual([0, 0, 0]);
  });
});
