import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { constant, gather, input, interpret, mul, oneHot, program } from "../../src/index.ts";
import { checkOperation, expectSame } from "../support/check-operation.ts";
import { runOnnx } from "../support/run-onnx.ts";

const seed = fc.integer({ min: 0, max: 1e6 });

describe("gather", () => {
  it("is differentiated right, also where rows repeat", async () => {
    const cases = fc.record({
      rows: fc.integer({ min: 1, max: 4 }),
      rest: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
      picks: fc.array(fc.nat(100), { minLength: 1, maxLength: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, seed, ({ rows, rest, picks }, seed) => {
        const indices = constant(
          picks.map((i) => i % rows),
          [picks.length],
          "int32",
        );
        const f = (table: Parameters<typeof mul>[0]) => gather(mul(table, table), indices);
        return checkOperation([[rows, ...rest]], (table) => f(table!), { seed });
      }),
      { numRuns: 8 },
    );
  });

  it("takes indices of any shape, fed at run time", async () => {
    const indices = input("indices", [2, 2], "int32");
    const tried = program({ y: gather(constant([1, 2, 3, 4, 5, 6], [3, 2]), indices) });
    const wanted = { y: [5, 6, 1, 2, 1, 2, 3, 4] };
    expectSame(interpret(tried, { indices: [2, 0, 0, 1] }), wanted);
    expectSame(await runOnnx(tried, { indices: [2, 0, 0, 1] }), wanted);
    expect(tried.outputs.y!.shape).toEqual([2, 2, 2]);
  });

  it("wants int32 indices", () => {
    expect(() => gather(input("table", [3, 2]), input("i", [2]))).toThrow(
      "gather: the table must have rows, and the indices be int32, got table [3, 2], indices [2]",
    );
  });
});

describe("oneHot", () => {
  it("is 1 in the index's column, and nothing where there is no such column", async () => {
    const tried = program({ y: oneHot(input("i", [3], "int32"), 3) });
    const wanted = { y: [0, 0, 1, 1, 0, 0, 0, 0, 0] };
    expectSame(interpret(tried, { i: [2, 0, 7] }), wanted);
    expectSame(await runOnnx(tried, { i: [2, 0, 7] }), wanted);
  });
});
