import { describe, expect, it } from "vitest";
import { unet, unetShapes } from "../../scripts/unet.ts";
import {
  input,
  interpret,
  mean,
  mul,
  type Program,
  program,
  reshape,
  sizeOf,
  toDynamicOnnx,
  unpack,
} from "../../src/index.ts";
import { expectSame } from "../support/check-operation.ts";
import { uniform } from "../support/random.ts";
import { runModel } from "../support/run-onnx.ts";

describe("toDynamicOnnx", () => {
  const config = { base: 8, image: 1, groups: 4 };
  const shapes = unetShapes(config);
  const count = Object.values(shapes).reduce((sum, shape) => sum + sizeOf(shape), 0);
  const network = (batch: number): Program => {
    const weights = unpack(input("parameters", [count]), shapes);
    const x = input("x", [batch, 1, 8, 8]);
    return program({ y: unet(weights, x, input("t", [batch]), config) });
  };

  it("gives one file that runs a U-Net on batches of any size", async () => {
    const parameters = uniform([count], 1, -0.2, 0.2);
    const model = toDynamicOnnx(network, { weights: { parameters } });
    for (const batch of [1, 2, 5]) {
      const x = uniform([batch, 1, 8, 8], batch);
      const t = uniform([batch], batch, 0, 1000);
      const wanted = interpret(network(batch), { parameters, x, t });
      const inputs = { x: { data: x, shape: [batch, 1, 8, 8] }, t: { data: t, shape: [batch] } };
      expectSame(await runModel(model, inputs), wanted, 1e-4);
    }
  });

  it("names the axes that grow with the batch", async () => {
    const model = toDynamicOnnx((n) => program({ y: reshape(input("x", [n, 6]), [n * 2, 3]) }));
    const text = Buffer.from(model).toString("latin1");
    expect(text).toContain("batch");
    expect(text).toContain("2*batch");
    const inputs = { x: { data: uniform([4, 6], 1), shape: [4, 6] } };
    expectSame(await runModel(model, inputs), { y: uniform([4, 6], 1) });
  });

  it("refuses a graph whose numbers depend on the batch size", () => {
    expect(() => toDynamicOnnx((n) => program({ y: mean(input("x", [n, 2]), [0]) }))).toThrow(
      'toDynamicOnnx: the batch may only be an axis of inputs, outputs and reshapes, and enter nothing else, got node "Mul"',
    );
    expect(() =>
      toDynamicOnnx((n) => program({ y: reshape(input("x", [n, n]), [n, 1, n]) })),
    ).toThrow("toDynamicOnnx: the batch may only be an axis");
    const either = (n: number) =>
      program({ y: n === 1009 ? input("x", [n]) : mul(input("x", [n]), 2) });
    expect(() => toDynamicOnnx(either)).toThrow("toDynamicOnnx: the batch may only be an axis");
  });
});
