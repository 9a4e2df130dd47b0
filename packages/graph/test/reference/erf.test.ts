import { describe, expect, it } from "vitest";
import { erf } from "../../src/reference/erf.ts";

describe("erf", () => {
  it("agrees with tables to double precision", () => {
    // NIST Digital Library of Mathematical Functions, table 7.23.
    const table = [
      [0, 0],
      [0.5, 0.5204998778130465],
      [1, 0.8427007929497149],
      [2, 0.9953222650189527],
      [3, 0.9999779095030014],
      [4, 0.9999999845827421],
    ] as const;
    for (const [x, value] of table) {
      expect(erf(x)).toBeCloseTo(value, 14);
      expect(erf(-x)).toBeCloseTo(-value, 14);
    }
    expect([erf(9), erf(-9)]).toEqual([1, -1]);
  });
});
