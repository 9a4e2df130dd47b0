import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { constant, input, interpret, linear, matmul, program, reshape } from "../../src/index.ts";
import { checkOperation } from "../support/check-operation.ts";

const RUNS = { numRuns: 8 };
const seed = fc.integer({ min: 0, max: 1e6 });
const size = fc.integer({ min: 1, max: 4 });

describe("matmul", () => {
  const cases = fc.record({
    m: size,
    k: size,
    n: size,
    transposeA: fc.boolean(),
    transposeB: fc.boolean(),
    lead: fc.constantFrom<[number[], number[]]>(
      [[], []],
      [[2], [2]],
      [[2, 3], []],
      [[], [2]],
      [
        [2, 1],
        [1, 3],
      ],
    ),
  });

  it("is differentiated right, transposed or not, in batches or not", async () => {
    await fc.assert(
      fc.asyncProperty(cases, seed, ({ m, k, n, transposeA, transposeB, lead: [a, b] }, seed) => {
        const left = [...a, ...(transposeA ? [k, m] : [m, k])];
        const right = [...b, ...(transposeB ? [n, k] : [k, n])];
        return checkOperation([left, right], (x, y) => matmul(x!, y!, { transposeA, transposeB }), {
          seed,
        });
      }),
      { numRuns: 16 },
    );
  });

  it("multiplies matrices", () => {
    const [a, b] = [constant([1, 2, 3, 4], [2, 2]), constant([5, 6, 7, 8], [2, 2])];
    const { y, t } = interpret(program({ y: matmul(a, b), t: matmul(a, b, { transposeB: true }) }));
    expect([Array.from(y!), Array.from(t!)]).toEqual([
      [19, 22, 43, 50],
      [17, 23, 39, 53],
    ]);
  });

  it("names the axes that do not agree", () => {
    expect(() => matmul(input("a", [2, 3]), input("b", [2, 3]))).toThrow(
      "matmul: the inner axes must agree, 3 is not 2, got a [2, 3], b [2, 3]",
    );
    expect(() => matmul(input("a", [3]), input("b", [3, 2]))).toThrow(
      "matmul: a and b must have at least two axes, got a [3], b [3, 2]",
    );
  });
});

describe("linear", () => {
  it("is differentiated right over any leading axes", async () => {
    const lead = fc.array(size, { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(lead, size, size, seed, (lead, from, to, seed) =>
        checkOperation([[...lead, from], [to, from], [to]], (x, w, b) => linear(x!, w!, b), {
          seed,
        }),
      ),
      RUNS,
    );
  });

  it("is x Wᵀ + b", () => {
    const w = reshape(constant([1, 2, 3, 4, 5, 6]), [2, 3]);
    const { y } = interpret(program({ y: linear(constant([1, 0, -1]), w, constant([10, 20])) }));
    expect(Array.from(y!)).toEqual([8, 18]);
  });
});
