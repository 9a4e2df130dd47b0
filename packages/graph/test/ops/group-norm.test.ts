import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupNorm, input, interpret, program } from "../../src/index.ts";
import { checkOperation } from "../support/check-operation.ts";
import { uniform } from "../support/random.ts";

const seed = fc.integer({ min: 0, max: 1e6 });

describe("groupNorm", () => {
  it("is differentiated right for any groups, sizes and numbers of axes", async () => {
    const cases = fc.record({
      n: fc.integer({ min: 1, max: 3 }),
      groups: fc.integer({ min: 1, max: 3 }),
      inGroup: fc.integer({ min: 1, max: 3 }),
      rest: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, seed, ({ n, groups, inGroup, rest }, seed) => {
        const c = groups * inGroup;
        const f = (x: never, scale: never, shift: never) =>
          groupNorm(x, { groups, scale, shift, epsilon: 0.1 });
        return checkOperation([[n, c, ...rest], [c], [c]], f as never, { seed });
      }),
      { numRuns: 12 },
    );
  });

  it("gives each group of each sample mean 0 and variance 1 before scale and shift", () => {
    const x = input("x", [2, 4, 3, 3]);
    const ones = input("ones", [4]);
    const zeros = input("zeros", [4]);
    const { y } = interpret(
      program({ y: groupNorm(x, { groups: 2, scale: ones, shift: zeros, epsilon: 0 }) }),
      {
        x: uniform(x.shape, 5),
        ones: [1, 1, 1, 1],
        zeros: [0, 0, 0, 0],
      },
    );
    for (let g = 0; g < 4; g++) {
      const group = y!.slice(18 * g, 18 * (g + 1));
      expect(group.reduce((a, b) => a + b) / 18).toBeCloseTo(0, 12);
      expect(group.reduce((a, b) => a + b * b, 0) / 18).toBeCloseTo(1, 12);
    }
  });

  it("names what does not divide or fit", () => {
    const [x, four, three] = [input("x", [2, 4, 3]), input("four", [4]), input("three", [3])];
    expect(() => groupNorm(x, { groups: 3, scale: four, shift: four })).toThrow(
      "groupNorm: x must be [n, c, ...] and groups divide c, got x [2, 4, 3], groups 3",
    );
    expect(() => groupNorm(x, { groups: 2, scale: four, shift: three })).toThrow(
      "groupNorm: scale and shift must be one number for each channel, got x [2, 4, 3], scale [4], shift [3]",
    );
  });
});
