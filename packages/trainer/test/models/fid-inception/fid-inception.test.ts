import { readFileSync } from "node:fs";
import { input, program, sizeOf, toOnnx } from "@symbreak/graph";
import * as ort from "onnxruntime-node";
import { expect, test } from "vitest";
import type { ParameterSpec } from "../../../src/model.ts";
import { fidInception } from "../../../src/models/fid-inception/fid-inception.ts";
import { parameterCount } from "../../../src/models/parameter-count.ts";
import { leaves } from "../../leaves.ts";

interface Golden {
  readonly parameters: number;
  readonly numbers: number;
  readonly cases: readonly {
    readonly shape: readonly [1 | 3, number, number];
    readonly features: readonly number[];
    readonly mean: number;
    readonly norm: number;
  }[];
}

/** Recorded with pytorch-fid on PyTorch, with the weights and images of the formulas here. */
const golden: Golden = JSON.parse(
  readFileSync(new URL("../../goldens/fid-inception.json", import.meta.url), "utf8"),
);

function weight({ name, shape }: ParameterSpec, k: number): Float32Array {
  const n = sizeOf(shape);
  const fan = n / shape[0]!;
  return Float32Array.from({ length: n }, (_, i) => {
    const wave = Math.sin(0.37 * (i + 1) + 1e-3 * i * i + 0.11 * k);
    if (name.endsWith("conv.weight")) return (2 * wave) / Math.sqrt(fan);
    if (name.endsWith("running_var")) return 1 + 0.3 * wave;
    return name.endsWith("bn.weight") ? 1 + 0.1 * wave : 0.1 * wave;
  });
}

const model = fidInception({ sampleSize: [28, 28], inChannels: 1 });
const ordered = [...model.parameters].sort((a, b) => (a.name < b.name ? -1 : 1));

test("it has the weights of pytorch-fid's network, by number and by name", () => {
  expect(model.parameters).toHaveLength(golden.parameters);
  expect(parameterCount(model)).toBe(golden.numbers);
  const names = ordered.map(({ name }) => name);
  expect(names[0]).toBe("Conv2d_1a_3x3.bn.bias");
  expect(names).toContain("Mixed_7c.branch3x3dbl_3b.conv.weight");
});

test("its features of a small gray image and of a large one are pytorch-fid's", async () => {
  const weights = Object.fromEntries(ordered.map((spec, k) => [spec.name, weight(spec, k)]));
  for (const { shape, features, mean, norm } of golden.cases) {
    const [inChannels, height, width] = shape;
    const network = fidInception({ sampleSize: [height, width], inChannels });
    const sample = input("sample", [1, ...shape]);
    const graph = program({
      features: network.apply(leaves(network), sample, input("timestep", [1])),
    });
    const session = await ort.InferenceSession.create(toOnnx(graph, { weights }));
    const image = Float32Array.from(
      { length: sizeOf(shape) },
      (_, i) => 0.5 + 0.5 * Math.sin(0.05 * i + 2e-4 * i * (i % 13)),
    );
    const found = await session.run({ sample: new ort.Tensor("float32", image, [1, ...shape]) });
    const ours = found.features!.data as Float32Array;
    const scale = norm / Math.sqrt(2048);
    features.forEach((value, i) => {
      expect(Math.abs(ours[128 * i]! - value)).toBeLessThan(2e-5 * scale);
    });
    expect(ours.reduce((sum, v) => sum + v, 0) / 2048 / mean).toBeCloseTo(1, 5);
    expect(Math.sqrt(ours.reduce((sum, v) => sum + v * v, 0)) / norm).toBeCloseTo(1, 5);
  }
}, 240_000);
