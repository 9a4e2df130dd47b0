import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  add,
  cast,
  clip,
  constant,
  cos,
  div,
  equal,
  erf,
  exp,
  gelu,
  greater,
  input,
  interpret,
  less,
  log,
  maximum,
  minimum,
  mul,
  pow,
  program,
  relu,
  type Shape,
  sigmoid,
  silu,
  sin,
  softplus,
  sqrt,
  sub,
  type Tensor,
  tanh,
  where,
} from "../../src/index.ts";
import { checkOperation, expectSame } from "../support/check-operation.ts";
import { uniform } from "../support/random.ts";
import { runOnnx } from "../support/run-onnx.ts";

const RUNS = { numRuns: 5 };
const shape = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 });
const seed = fc.integer({ min: 0, max: 1e6 });

describe("operations on one tensor", () => {
  const everywhere = { exp, sin, cos, tanh, erf, sigmoid, silu, gelu, softplus, relu };
  const squared = { "pow 2": (x: Tensor) => pow(x, 2), "pow 3": (x: Tensor) => pow(x, 3) };
  it.each(Object.entries({ ...everywhere, ...squared }))(
    "%s is differentiated right",
    async (_, f) => {
      await fc.assert(
        fc.asyncProperty(shape, seed, (shape, seed) => checkOperation([shape], f, { seed })),
        RUNS,
      );
    },
  );

  const positive = { log, sqrt, "pow -1.5": (x: Tensor) => pow(x, -1.5) };
  it.each(Object.entries(positive))(
    "%s is differentiated right where it is defined",
    async (_, f) => {
      await fc.assert(
        fc.asyncProperty(shape, seed, (shape, seed) =>
          checkOperation([shape], f, { seed, low: 0.5, high: 2 }),
        ),
        RUNS,
      );
    },
  );

  it("they agree with JavaScript's functions", () => {
    const x = constant([-1.5, 0.3, 2]);
    const values = interpret(
      program({ exp: exp(x), tanh: tanh(x), pow: pow(x, 2), relu: relu(x) }),
    );
    const by = (f: (v: number) => number): Float64Array => Float64Array.from([-1.5, 0.3, 2], f);
    expect(values).toEqual({
      exp: by(Math.exp),
      tanh: by(Math.tanh),
      pow: by((v) => v ** 2),
      relu: by((v) => Math.max(v, 0)),
    });
  });

  it("softplus and sigmoid stay finite far out", async () => {
    const x = constant([-200, 200]);
    const tried = program({ softplus: softplus(x), sigmoid: sigmoid(x), silu: silu(x) });
    const wanted = { softplus: [0, 200], sigmoid: [0, 1], silu: [0, 200] };
    expectSame(interpret(tried), wanted, 1e-12);
    expectSame(await runOnnx(tried, {}), wanted);
  });

  it("gelu is x times the normal distribution function", () => {
    // Φ(1) and Φ(−2), Abramowitz & Stegun table 26.1.
    const { y } = interpret(program({ y: gelu(constant([1, -2])) }));
    expectSame({ y: y! }, { y: [0.841344746068543, -2 * 0.022750131948179] }, 1e-13);
  });
});

describe("operations on two tensors", () => {
  const pairs = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom("both", "a", "b")), {
      maxLength: 4,
    })
    .chain((axes) => {
      const a = axes.map(([n, who]) => (who === "b" ? 1 : n));
      const b = axes.map(([n, who]) => (who === "a" ? 1 : n));
      return fc
        .tuple(fc.nat(a.length), fc.boolean())
        .map(([drop, first]): [Shape, Shape] => (first ? [a.slice(drop), b] : [a, b.slice(drop)]));
    });

  const functions = { add, sub, mul, maximum, minimum };
  it.each(Object.entries(functions))("%s broadcasts and is differentiated right", async (_, f) => {
    await fc.assert(
      fc.asyncProperty(pairs, seed, ([a, b], seed) =>
        checkOperation([a, b], (x, y) => f(x!, y!), { seed }),
      ),
      RUNS,
    );
  });

  it("div broadcasts and is differentiated right", async () => {
    await fc.assert(
      fc.asyncProperty(pairs, seed, ([a, b], seed) =>
        checkOperation([a, b], (x, y) => div(x!, y!), { seed, low: 0.5 }),
      ),
      RUNS,
    );
  });

  it("numbers stand for the same value everywhere", async () => {
    const f = (x: Tensor): Tensor => sub(3, div(mul(add(x, 1), 2), 4));
    await checkOperation([[2, 3]], f, { seed: 1 });
    const { y } = interpret(program({ y: f(constant([1, 5])) }));
    expect(Array.from(y!)).toEqual([2, 0]);
  });

  it("equal numbers share the gradient of maximum by halves, as in PyTorch", async () => {
    const { gradients } = await import("../../src/index.ts");
    const [a, b] = [input("a", []), input("b", [])];
    const [da, db] = gradients(maximum(a, b), [a, b]) as [Tensor, Tensor];
    const tried = program({ da, db });
    const half = { da: [0.5], db: [0.5] };
    expectSame(interpret(tried, { a: [1], b: [1] }), half);
    expectSame(await runOnnx(tried, { a: [1], b: [1] }), half);
  });

  it("shapes that do not fit are refused by name, rule and shapes", () => {
    expect(() => add(input("a", [2, 3]), input("b", [2]))).toThrow(
      "add: axes aligned from the last must be equal or 1, got a [2, 3], b [2]",
    );
    expect(() => mul(input("a", [2]), input("b", [2], "int32"))).toThrow(
      "mul: both must be float32, or both int32, got a [2], b [2] int32",
    );
    expect(() => div(input("a", [2], "int32"), 2)).toThrow(
      "div: x must be float32, got x [2] int32",
    );
    expect(() => mul(input("a", [2], "int32"), 0.5)).toThrow(
      "constant: int32 values must be whole",
    );
    expect(() => exp(input("x", [2], "int32"))).toThrow("exp: x must be float32, got x [2] int32");
  });
});

describe("whole numbers", () => {
  it("are added, multiplied and compared as such on both engines", async () => {
    const i = input("i", [4], "int32");
    const tried = program({
      index: minimum(maximum(add(mul(i, 3), -4), 0), 5),
      real: cast(sub(i, 1), "float32"),
    });
    const wanted = { index: [0, 0, 2, 5], real: [-1, 0, 1, 2] };
    expectSame(interpret(tried, { i: [0, 1, 2, 3] }), wanted);
    expectSame(await runOnnx(tried, { i: [0, 1, 2, 3] }), wanted);
  });
});

describe("choices", () => {
  it("comparisons and where agree on both engines", async () => {
    await fc.assert(
      fc.asyncProperty(shape, seed, async (shape, seed) => {
        const [a, b] = [input("a", shape), input("b", shape)];
        const count = (t: Tensor): Tensor => cast(t, "float32");
        const tried = program({
          greater: count(greater(a, b)),
          less: count(less(a, 0)),
          equal: count(equal(cast(a, "int32"), cast(b, "int32"))),
          where: where(less(a, b), a, 7),
        });
        const values = { a: uniform(shape, seed), b: uniform(shape, seed + 1) };
        expectSame(await runOnnx(tried, values), interpret(tried, values));
      }),
      RUNS,
    );
  });

  it("where sends the gradient to what was chosen", async () => {
    await fc.assert(
      fc.asyncProperty(shape, seed, (shape, seed) => {
        const condition = greater(constant(uniform(shape, seed + 9), shape), 0);
        return checkOperation([shape, []], (a, b) => where(condition, mul(a!, a!), mul(b!, b!)), {
          seed,
        });
      }),
      RUNS,
    );
  });

  it("clip holds values within its limits and lets no gradient through beyond", async () => {
    await checkOperation([[20]], (x) => clip(mul(x!, x!), 0.25, 1), { seed: 3 });
    const { y } = interpret(program({ y: clip(constant([-3, 0.5, 3]), -1, 1) }));
    expect(Array.from(y!)).toEqual([-1, 0.5, 1]);
  });

  it("where wants a condition", () => {
    expect(() => where(input("c", [2]), 1, 0)).toThrow(
      "where: the condition must be bool, a and b float32, got condition [2], a [], b []",
    );
  });
});
