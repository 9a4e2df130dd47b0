import * as ort from "onnxruntime-node";
import { expect, test } from "vitest";
import { exportOnnx } from "../../src/export/export-onnx.ts";
import { onnxMetadata } from "../../src/export/onnx-metadata.ts";
import { type RunExported, verifyOnnx } from "../../src/export/verify-onnx.ts";
import { cleanClassifier } from "../../src/models/clean-classifier.ts";
import { configOf } from "../../src/models/config-file.ts";
import { mlp } from "../../src/models/mlp.ts";
import { noisyClassifier } from "../../src/models/noisy-classifier.ts";
import { smallUnet } from "../../src/models/small-unet.ts";
import { readPipelineDirectory } from "../../src/node/diffusers/pipeline-directory.ts";
import { directoryOf } from "../diffusers/fixtures.ts";
import { noisyWeights } from "../leaves.ts";

/** Runs an ONNX file on onnxruntime. */
async function runner(onnx: Uint8Array, shape: readonly number[]): Promise<RunExported> {
  const session = await ort.InferenceSession.create(onnx, { logSeverityLevel: 3 });
  return async ({ sample, timestep, class_labels: labels }) => {
    const n = timestep.length;
    const outputs = await session.run({
      sample: new ort.Tensor("float32", sample, [n, ...shape]),
      timestep: new ort.Tensor("float32", timestep, [n]),
      ...(labels && { class_labels: new ort.Tensor("int32", labels, [n]) }),
    });
    return Object.fromEntries(
      Object.entries(outputs).map(([name, { data, dims }]) => {
        expect(dims[0]).toBe(n);
        return [name, data as Float32Array];
      }),
    );
  };
}

test.each(["attention", "classes", "fourier", "learned-times"] as const)(
  "the file of %s gives the network's outputs for any batch",
  async (name) => {
    const pipeline = await readPipelineDirectory(directoryOf(name));

    const run = await runner(exportOnnx(pipeline), pipeline.model.shape);
    for (const batch of [1, 3]) {
      const { error } = await verifyOnnx(run, pipeline, { batch });
      expect(error).toBeLessThan(2e-5);
    }
  },
);

test("half-precision weights make the file half as long, and little worse", async () => {
  const model = smallUnet({ sampleSize: 8, inChannels: 1, blockOutChannels: [16, 32] });
  const pipeline = { model, weights: noisyWeights(model) };
  const full = exportOnnx(pipeline);
  const half = exportOnnx(pipeline, { precision: "float16" });
  expect(half.length / full.length).toBeLessThan(0.65);
  const run = await runner(half, model.shape);
  const { error } = await verifyOnnx(run, pipeline, { precision: "float16" });
  expect(error).toBeGreaterThan(1e-5);
  expect(error).toBeLessThan(5e-3);
});

test("a fixed batch is possible, and points as well as images", async () => {
  const model = mlp({ width: 16, numClassEmbeds: 3 });
  const pipeline = { model, weights: noisyWeights(model) };
  const run = await runner(exportOnnx(pipeline, { batch: 4 }), model.shape);
  await verifyOnnx(run, pipeline, { batch: 4 });
  await expect(verifyOnnx(run, pipeline, { batch: 2 })).rejects.toThrow("invalid dimensions");
});

test("a file that is wrong is refused, also with numbers that are none", async () => {
  const model = mlp({ width: 16 });
  const pipeline = { model, weights: noisyWeights(model) };
  const right = await runner(exportOnnx(pipeline), model.shape);
  const changed =
    (change: (value: number) => number): RunExported =>
    async (feeds) => ({ output: Array.from((await right(feeds)).output!, change) });
  const wrong = changed((v) => v * 1.001);
  await expect(verifyOnnx(wrong, pipeline)).rejects.toThrow(/verifyOnnx: .* to 0.0001, got 0.001/);
  await expect(verifyOnnx(changed(Number), pipeline)).resolves.toBeDefined();
  const none = changed(() => Number.NaN);
  await expect(verifyOnnx(none, pipeline)).rejects.toThrow("got NaN");
});

test.each([
  ["clean", cleanClassifier({ sampleSize: 8, inChannels: 1, classes: 3, featureSize: 5 })],
  [
    "noisy",
    noisyClassifier({ sampleSize: 8, inChannels: 1, blockOutChannels: [8, 16], classes: 3 }),
  ],
])("the file of a %s classifier gives logits and features, both checked", async (_, model) => {
  const pipeline = { model, weights: noisyWeights(model) };
  const run = await runner(exportOnnx(pipeline), model.shape);
  for (const batch of [1, 3]) {
    const { error } = await verifyOnnx(run, pipeline, { batch });
    expect(error).toBeLessThan(2e-5);
  }
  const without: RunExported = async (feeds) => ({ output: (await run(feeds)).output! });
  await expect(verifyOnnx(without, pipeline)).rejects.toThrow("got Infinity");
});

test("network, scheduler and data stand in the file's metadata", async () => {
  const pipeline = await readPipelineDirectory(directoryOf("attention"));
  const trainedOn = { dataset: "cifar10", classes: [1, 8], scale: "unit", flip: true } as const;
  const { config, scheduler, data } = onnxMetadata(exportOnnx(pipeline, { data: trainedOn }));
  expect(JSON.parse(config!)).toEqual(configOf(pipeline.model));
  expect(JSON.parse(scheduler!)).toEqual(pipeline.scheduler);
  expect(JSON.parse(data!)).toEqual(trainedOn);
  expect(onnxMetadata(exportOnnx(pipeline))).not.toHaveProperty("data");
});

test("a conditional file takes class_labels, and says which label stands for none", async () => {
  const model = mlp({ width: 16, numClassEmbeds: 4 });
  const pipeline = { model, weights: noisyWeights(model), noClass: 3 };
  const onnx = exportOnnx(pipeline);
  const session = await ort.InferenceSession.create(onnx);
  expect(session.inputNames).toEqual(["sample", "timestep", "class_labels"]);
  expect(onnxMetadata(onnx).noClass).toBe("3");
  expect(onnxMetadata(exportOnnx({ model, weights: pipeline.weights }))).not.toHaveProperty(
    "noClass",
  );
});
