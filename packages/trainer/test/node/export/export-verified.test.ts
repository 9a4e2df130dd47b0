import { expect, test } from "vitest";
import { smallUnet } from "../../../src/models/small-unet.ts";
import { exportVerified } from "../../../src/node/export/export-verified.ts";
import { noisyWeights } from "../../leaves.ts";

test("the file comes with the error that was found", async () => {
  const model = smallUnet({ sampleSize: 8, inChannels: 1, blockOutChannels: [8, 16] });
  const pipeline = { model, weights: noisyWeights(model) };
  const { onnx, verification } = await exportVerified(pipeline);
  expect(onnx.length).toBeGreaterThan(4 * 8 * 16);
  expect(verification.samples).toBe(1);
  expect(verification.error).toBeLessThan(1e-5);
  const half = await exportVerified(pipeline, { precision: "float16" });
  expect(half.verification.error).toBeGreaterThan(verification.error);
});
