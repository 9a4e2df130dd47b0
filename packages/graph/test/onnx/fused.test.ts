import { describe, expect, test } from "vitest";
import { interpret, toDynamicOnnx, toOnnx } from "../../src/index.ts";
import { attending, CHANNELS, SIDE, weights } from "../support/attending.ts";
import { expectSame } from "../support/check-operation.ts";
import { uniform } from "../support/random.ts";
import { runModel } from "../support/run-onnx.ts";

/** Whether a file has nodes of a type. */
const has = (file: Uint8Array, type: string): boolean => Buffer.from(file).includes(type);

describe("a fused file", () => {
  test.each([1, 3])("computes the program with %i heads, on batches of any size", async (heads) => {
    const file = toDynamicOnnx((batch) => attending(batch, heads), { weights, fused: true });
    expect(has(file, "MultiHeadAttention")).toBe(true);
    expect(has(file, "BatchNormalization")).toBe(true);
    expect(has(file, "Softmax")).toBe(false);
    for (const batch of [1, 3]) {
      const x = uniform([batch, CHANNELS, SIDE, SIDE], 9, -2, 2);
      const wanted = interpret(attending(batch, heads), { ...weights, x });
      const fed = { x: { data: x, shape: [batch, CHANNELS, SIDE, SIDE] } };
      expectSame(await runModel(file, fed), wanted, 1e-5);
    }
  });

  test("is not made unless asked for, and leaves alone what is no attention", async () => {
    expect(has(toOnnx(attending(2, 3), { weights }), "MultiHeadAttention")).toBe(false);
    const other = attending(2, 3, 2);
    const file = toOnnx(other, { weights, fused: true });
    expect(has(file, "MultiHeadAttention")).toBe(false);
    const x = uniform([2, CHANNELS, SIDE, SIDE], 9, -2, 2);
    const wanted = interpret(other, { ...weights, x });
    const fed = { x: { data: x, shape: [2, CHANNELS, SIDE, SIDE] } };
    expectSame(await runModel(file, fed), wanted, 1e-5);
  });

  test("keeps scales that are no constants", async () => {
    const { scale, shift, ...rest } = weights;
    const file = toOnnx(attending(2, 1), { weights: rest, fused: true });
    expect(has(file, "BatchNormalization")).toBe(false);
    const x = uniform([2, CHANNELS, SIDE, SIDE], 9, -2, 2);
    const wanted = interpret(attending(2, 1), { ...weights, x });
    const fed = {
      x: { data: x, shape: [2, CHANNELS, SIDE, SIDE] },
      scale: { data: scale!, shape: [CHANNELS] },
      shift: { data: shift!, shape: [CHANNELS] },
    };
    expectSame(await runModel(file, fed), wanted, 1e-5);
  });
});
