import { expect, test } from "vitest";
import { cleanClassifier } from "../../../src/models/clean-classifier.ts";
import { smallUnet } from "../../../src/models/small-unet.ts";
import { exportVerified } from "../../../src/node/export/export-verified.ts";
import { noisyWeights } from "../../leaves.ts";

test("the file comes with the error that was found", async () => {
  const model = smallUnet({ sampleSize: 8, inChannels: 1, blockOutChannels: [8, 16] });
  const pipeline = { model, weights: noisyWeights(model) };
  const { onnx, verification } = await exportVerified(pipeline);
  expect(onnx.length).toBeGreaterThan(4 * 8 * 16);
  expect(verification.compared).toEqual([1, 1, 8, 8]);
  expect(verification.error).toBeLessThan(1e-5);
  const half = await exportVerified(pipeline, { precision: "float16" });
  expect(half.verification.error).toBeGreaterThan(verification.error);
});

test("what would be too much work is compared on smaller images", async () => {
  const model = smallUnet({ sampleSize: 64, inChannels: 1, blockOutChannels: [8, 16] });
  const pipeline = { model, weights: noisyWeights(model) };
  const { verification } = await exportVerified(pipeline, { work: 3e6 });
  expect(verification.compared).toEqual([1, 1, 16, 16]);
  const broken = { ...pipeline.weights, "conv_in.bias": new Float32Array(8).fill(Number.NaN) };
  await expect(exportVerified({ model, weights: broken }, { work: 3e6 })).rejects.toThrow("NaN");
});

test("what has a weight for each pixel is compared as it is, whatever the work", async () => {
  const model = cleanClassifier({ sampleSize: 16, inChannels: 1, classes: 3 });
  const pipeline = { model, weights: noisyWeights(model) };
  const { verification } = await exportVerified(pipeline, { work: 1 });
  expect(verification.compared).toEqual([1, 1, 16, 16]);
});
