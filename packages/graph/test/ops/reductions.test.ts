import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  constant,
  exp,
  input,
  interpret,
  log,
  logSoftmax,
  mean,
  mul,
  program,
  softmax,
  sub,
  sum,
  type Tensor,
} from "../../src/index.ts";
import { checkOperation, expectSame } from "../support/check-operation.ts";
import { uniform } from "../support/random.ts";
import { runOnnx } from "../support/run-onnx.ts";

const RUNS = { numRuns: 8 };
const seed = fc.integer({ min: 0, max: 1e6 });
const shape = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });

describe("sum and mean", () => {
  const reduced = shape.chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      axes: fc.option(fc.subarray(shape.map((_, i) => i - (i % 2) * shape.length)), {
        nil: undefined,
      }),
      keepDims: fc.boolean(),
    }),
  );

  it.each(Object.entries({ sum, mean }))("%s is differentiated right", async (_, reduce) => {
    await fc.assert(
      fc.asyncProperty(reduced, seed, ({ shape, axes, keepDims }, seed) =>
        checkOperation([shape], (x) => reduce(mul(x!, x!), axes, keepDims), { seed }),
      ),
      RUNS,
    );
  });

  it("they add up along the named axes", () => {
    const x = constant([1, 2, 3, 4, 5, 6], [2, 3]);
    const { rows, columns, all } = interpret(
      program({ rows: sum(x, [1]), columns: mean(x, [0], true), all: mean(x) }),
    );
    expect([rows, columns, all].map((v) => Array.from(v!))).toEqual([
      [6, 15],
      [2.5, 3.5, 4.5],
      [3.5],
    ]);
    expect([sum(x, [1]).shape, mean(x, [0], true).shape, sum(x).shape]).toEqual([[2], [1, 3], []]);
  });

  it("they refuse axes that are not there or come twice", () => {
    expect(() => sum(input("x", [2, 3]), [2])).toThrow(
      "sum: the axis must lie in [−2, 1], got axis 2, x [2, 3]",
    );
    expect(() => sum(input("x", [2, 3]), [1, -1])).toThrow(
      "sum: axes must differ, got axes [1, -1], x [2, 3]",
    );
  });
});

describe("softmax and logSoftmax", () => {
  const along = shape.chain((shape) => fc.tuple(fc.constant(shape), fc.nat(shape.length - 1)));

  it.each(Object.entries({ softmax, logSoftmax }))("%s is differentiated right", async (_, f) => {
    await fc.assert(
      fc.asyncProperty(along, seed, ([shape, axis], seed) =>
        checkOperation([shape], (x) => f(x!, axis), { seed }),
      ),
      RUNS,
    );
  });

  it("they are e^x / Σ e^x and its logarithm, even where e^x overflows", async () => {
    const x = constant(uniform([3, 5], 1), [3, 5]);
    const plain = (t: Tensor): Tensor => sub(t, log(sum(exp(t), [1], true)));
    const { byHand, ours, large } = interpret(
      program({ byHand: plain(x), ours: logSoftmax(x), large: log(softmax(x)) }),
    );
    expectSame({ ours: ours!, large: large! }, { ours: byHand!, large: byHand! }, 1e-14);
    const far = program({
      p: softmax(constant([1000, 1001])),
      log: logSoftmax(constant([1000, 1001])),
    });
    const wanted = {
      p: [0.2689414213699951, 0.7310585786300049],
      log: [-1.3132616875182228, -0.31326168751822286],
    };
    expectSame(interpret(far), wanted, 1e-14);
    expectSame(await runOnnx(far, {}), wanted);
  });
});
