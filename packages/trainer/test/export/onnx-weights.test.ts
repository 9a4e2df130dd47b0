import { expect, test } from "vitest";
import { exportJacobian } from "../../src/export/export-jacobian.ts";
import { exportOnnx } from "../../src/export/export-onnx.ts";
import { onnxWeights } from "../../src/export/onnx-weights.ts";
import { mlp } from "../../src/models/mlp.ts";
import { smallUnet } from "../../src/models/small-unet.ts";
import { noisyWeights } from "../leaves.ts";

test.each([
  mlp({ width: 16, numClassEmbeds: 3 }),
  smallUnet({ sampleSize: 8, inChannels: 1, blockOutChannels: [8, 16], numClassEmbeds: 3 }),
])("an exported $className gives its weights back", (model) => {
  const weights = noisyWeights(model);
  const found = onnxWeights(exportOnnx({ model, weights }));
  expect(found).toEqual(weights);
});

test("in half precision they are rounded to eleven bits", () => {
  const model = mlp({ width: 16 });
  const weights = noisyWeights(model);
  const found = onnxWeights(exportOnnx({ model, weights }, { precision: "float16" }));
  // Below 2⁻¹⁴ half precision has fewer bits.
  for (const { name } of model.parameters)
    for (const [i, value] of weights[name]!.entries())
      expect(Math.abs(found[name]![i]! - value)).toBeLessThanOrEqual(
        Math.max(2 ** -11 * Math.abs(value), 2 ** -25),
      );
  expect(found["out.weight"]).not.toEqual(weights["out.weight"]);
});

test("what is no file of a network is refused, and so is one that was cut off", () => {
  const model = mlp({ width: 16 });
  const onnx = exportOnnx({ model, weights: noisyWeights(model) }, { batch: 1 });
  expect(() => onnxWeights(onnx.subarray(0, onnx.length >> 1))).toThrow("must be an ONNX model");
  expect(() => onnxWeights(new TextEncoder().encode("<html>"))).toThrow("must be an ONNX model");
  const bare = exportJacobian({ model, weights: noisyWeights(model) }, "product", 1);
  expect(() => onnxWeights(bare)).toThrow("no note of its network");
});
