import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  averagePool,
  constant,
  input,
  interpret,
  mul,
  program,
  upsampleNearest,
} from "../../src/index.ts";
import { checkOperation } from "../support/check-operation.ts";

const RUNS = { numRuns: 8 };
const seed = fc.integer({ min: 0, max: 1e6 });
const small = fc.integer({ min: 1, max: 3 });

describe("averagePool", () => {
  it("is differentiated right, also where pixels are left over", async () => {
    await fc.assert(
      fc.asyncProperty(small, small, small, fc.nat(2), fc.nat(2), seed, (n, c, size, h, w, seed) =>
        checkOperation([[n, c, size + h, size + w]], (x) => averagePool(mul(x!, x!), size), {
          seed,
        }),
      ),
      RUNS,
    );
  });

  it("is the mean of each window", () => {
    const { y } = interpret(
      program({ y: averagePool(constant([1, 2, 3, 4, 5, 6], [1, 1, 2, 3]), 2) }),
    );
    expect(Array.from(y!)).toEqual([3]);
    expect(() => averagePool(input("x", [1, 1, 2, 2]), 3)).toThrow(
      "averagePool: x must be [n, c, h, w] and the window fit in it, got x [1, 1, 2, 2], size 3",
    );
  });
});

describe("upsampleNearest", () => {
  it("is differentiated right", async () => {
    await fc.assert(
      fc.asyncProperty(small, small, small, small, small, seed, (n, c, h, w, scale, seed) =>
        checkOperation([[n, c, h, w]], (x) => upsampleNearest(mul(x!, x!), scale), { seed }),
      ),
      RUNS,
    );
  });

  it("repeats each pixel", () => {
    const { y } = interpret(program({ y: upsampleNearest(constant([1, 2], [1, 1, 1, 2]), 2) }));
    expect(Array.from(y!)).toEqual([1, 1, 2, 2, 1, 1, 2, 2]);
    expect(() => upsampleNearest(input("x", [2, 2]), 2)).toThrow(
      "upsampleNearest: x must be [n, c, h, w], scale a positive whole number, got x [2, 2], scale 2",
    );
  });
});
