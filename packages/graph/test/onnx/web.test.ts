import { env, InferenceSession, Tensor } from "onnxruntime-web";
import { describe, expect, it } from "vitest";
import { adamScalars, trainingStep } from "../../scripts/training-step.ts";
import { findBlockSize, interpret, type RunOnnx, toOnnx } from "../../src/index.ts";
import { attending, CHANNELS, SIDE, weights } from "../support/attending.ts";
import { expectSame } from "../support/check-operation.ts";
import { uniform } from "../support/random.ts";
import { wave } from "../support/wave.ts";

env.wasm.numThreads = 1;

const run: RunOnnx = async (model, inputs) => {
  const session = await InferenceSession.create(model, {
    executionProviders: ["wasm"],
    logSeverityLevel: 4,
  });
  const feeds = Object.entries(inputs).map(([name, { data, shape }]) => {
    return [name, new Tensor("float32", data, shape)] as const;
  });
  const results = await session.run(Object.fromEntries(feeds));
  return Object.fromEntries(
    Object.entries(results).map(([name, t]) => [name, t.data as Float32Array]),
  );
};

describe("onnxruntime-web", () => {
  it("knows the operators of a fused file", async () => {
    const shape = [2, CHANNELS, SIDE, SIDE];
    const x = Float32Array.from(uniform(shape, 9, -2, 2));
    const file = toOnnx(attending(2, 3), { weights, fused: true });
    const wanted = interpret(attending(2, 3), { ...weights, x });
    expectSame(await run(file, { x: { data: x, shape } }), wanted, 1e-5);
  });

  it("runs a whole training step like the reference", async () => {
    const step = trainingStep({ base: 8, image: 1, groups: 4, batch: 2, size: 8 });
    const values = Object.entries(step.inputs).map(([name, { shape }], i) => {
      const scalar = (adamScalars(5) as Record<string, number>)[name];
      return [
        name,
        scalar === undefined
          ? wave(shape, i, 0.2).map((v) => (name === "v" ? v * v : v))
          : [scalar],
      ];
    });
    const at = Object.fromEntries(values) as Record<string, Float64Array>;
    const inputs = Object.entries(at).map(([name, data]) => {
      return [name, { data: Float32Array.from(data), shape: step.inputs[name]!.shape }];
    });
    expectSame(await run(toOnnx(step), Object.fromEntries(inputs)), interpret(step, at));
  });

  it("has no blocked convolutions, which the probe finds out", async () => {
    expect(await findBlockSize(run)).toBeUndefined();
  });
});
