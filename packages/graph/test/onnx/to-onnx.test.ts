import { describe, expect, it } from "vitest";
import {
  add,
  constant,
  exp,
  gather,
  input,
  interpret,
  linear,
  mul,
  program,
  relu,
  toOnnx,
} from "../../src/index.ts";
import { lower } from "../../src/onnx/to-onnx.ts";
import { expectSame } from "../support/check-operation.ts";
import { uniform } from "../support/random.ts";
import { runOnnx } from "../support/run-onnx.ts";

describe("toOnnx", () => {
  const [x, w, b] = [input("x", [2, 5]), input("w", [3, 5]), input("b", [3])];
  const layer = program({ y: relu(linear(x, w, b)) });
  const values = { x: uniform([2, 5], 1), w: uniform([3, 5], 2), b: uniform([3], 3) };

  it("keeps the names of inputs and outputs", () => {
    const { inputs, outputs } = lower(layer);
    expect(inputs.map(({ name }) => name)).toEqual(["x", "w", "b"]);
    expect(outputs).toMatchObject([{ name: "y", dtype: "float32", shape: [2, 3] }]);
  });

  it("stores weights in the file, whole or in half precision", async () => {
    const weights = { w: values.w, b: values.b };
    const wanted = interpret(layer, values);
    expect(lower(layer, { weights }).inputs.map(({ name }) => name)).toEqual(["x"]);
    expectSame(await runOnnx(layer, values, { weights }), wanted);
    const half = await runOnnx(layer, values, { weights, precision: "float16" });
    expectSame(half, wanted, 2e-3);
    expect(half.y).not.toEqual((await runOnnx(layer, values, { weights })).y);
  });

  it("halves the bytes of the weights at half precision", () => {
    const [big, y] = [input("big", [4096]), input("y", [4096])];
    const tried = program({ z: mul(big, y) });
    const weights = { big: new Float32Array(4096) };
    const bytes = (["float32", "float16"] as const).map(
      (precision) => toOnnx(tried, { weights, precision }).length,
    );
    expect(bytes[0]! - bytes[1]!).toBeGreaterThan(8000);
  });

  it("emits equal nodes and constants once", () => {
    const table = constant([1, 2, 3, 4]);
    const i = input("i", [2], "int32");
    const { nodes, initializers } = lower(
      program({ a: exp(add(gather(table, i), 1)), b: add(x, 1) }),
    );
    expect(nodes.map(({ type }) => type)).toEqual([
      "Gather",
      "Add",
      "Exp",
      "Add",
      "Identity",
      "Identity",
    ]);
    expect(initializers).toHaveLength(2);
  });

  it("takes an output that is an input or constant, and two names for one value", async () => {
    const y = exp(x);
    const tried = program({ same: x, y, again: y, five: constant(5) });
    expectSame(await runOnnx(tried, values), interpret(tried, { x: values.x }));
  });

  it("refuses weights that are no inputs or have another size", () => {
    expect(() => toOnnx(layer, { weights: { v: [1] } })).toThrow(
      "toOnnx: each weight must be an input's values, got v undefined, values 1",
    );
    expect(() => toOnnx(layer, { weights: { b: [1] } })).toThrow(
      "toOnnx: each weight must be an input's values, got b [3], values 1",
    );
  });
});
