import { invalid } from "@symbreak/core";
import { sizeOf } from "@symbreak/graph";
import type { Pipeline } from "../../diffusers/pipeline.ts";
import { denoiserProgram } from "../../export/denoiser-program.ts";
import { type ExportOptions, exportOnnx } from "../../export/export-onnx.ts";
import { multiplications } from "../../export/multiplications.ts";
import { type RunExported, type Verification, verifyOnnx } from "../../export/verify-onnx.ts";
import { normal } from "../../initialiser.ts";
import type { Model } from "../../model.ts";
import { configOf } from "../../models/config-file.ts";
import { modelFromConfig } from "../../models/model-from-config.ts";

/** An ONNX file that onnxruntime has run, and how well it did. */
export interface VerifiedExport {
  readonly onnx: Uint8Array;
  readonly verification: Verification;
}

export interface VerifiedExportOptions extends Pick<ExportOptions, "precision" | "data"> {
  /**
   * Multiplications that the comparison may take, 10¹⁰ by default: plain JavaScript does some 10⁸ a second, and DDPM's
   * network of CIFAR-10 takes 0.6 · 10¹⁰.
   */
  readonly work?: number;
}

/**
 * Exports for any batch, and compares the file, run by onnxruntime-node, with the network in double precision; throws
 * where they differ.
 *
 * The comparison computes one sample in plain JavaScript: an instant for a small network, a minute or two for DDPM's of
 * CIFAR-10. Where it would be more than `work`, the same weights are compared on images of half the side, or less, and
 * the file itself is run and must give finite numbers. `compared` tells.
 */
export async function exportVerified(
  pipeline: Pipeline,
  { precision = "float32", data, work = 1e10 }: VerifiedExportOptions = {},
): Promise<VerifiedExport> {
  const onnx = exportOnnx(pipeline, { precision, ...(data && { data }) });
  const small = affordable(pipeline, work);
  const run = await runner(
    small === pipeline ? onnx : exportOnnx(small, { precision }),
    small.model,
  );
  const verification = await verifyOnnx(run, small, { precision });
  if (small !== pipeline) await checkFinite(onnx, pipeline);
  return { onnx, verification };
}

/** The same weights for smaller images, as large as the work allows. */
function affordable(pipeline: Pipeline, work: number): Pipeline {
  const { model } = pipeline;
  if (multiplications(denoiserProgram(model, 1)) <= work) return pipeline;
  const half = model.shape.slice(1).map((side) => side / 2);
  let smaller: Model;
  try {
    smaller = modelFromConfig({ ...configOf(model), sample_size: half });
  } catch {
    // The image cannot be halved and still pass through the network.
    return pipeline;
  }
  // Nor where a layer has a weight for each of its pixels.
  const sameWeights = smaller.parameters.every(
    ({ shape }, i) => `${shape}` === `${model.parameters[i]?.shape}`,
  );
  if (!sameWeights) return pipeline;
  return affordable({ ...pipeline, model: smaller }, work);
}

async function checkFinite(onnx: Uint8Array, { model }: Pipeline): Promise<void> {
  const run = await runner(onnx, model);
  const sample = normal(1)([1, ...model.shape], 0, 0);
  const labels = model.labels === undefined ? {} : { class_labels: Int32Array.of(0) };
  const { output } = await run({ sample, timestep: Float32Array.of(0.7), ...labels });
  if (output!.length !== sizeOf(model.outputShape) || !Array.from(output!).every(Number.isFinite))
    throw invalid(
      "exportVerified",
      `the file must give finite outputs [${model.outputShape}]`,
      output,
    );
}

async function runner(onnx: Uint8Array, { shape }: Model): Promise<RunExported> {
  const { InferenceSession, Tensor } = await onnxruntime();
  const session = await InferenceSession.create(onnx, { logSeverityLevel: 3 });
  return async ({ sample, timestep, class_labels: labels }) => {
    const n = timestep.length;
    const feeds = {
      sample: new Tensor("float32", sample, [n, ...shape]),
      timestep: new Tensor("float32", timestep, [n]),
      ...(labels && { class_labels: new Tensor("int32", labels, [n]) }),
    };
    const outputs = Object.entries(await session.run(feeds));
    await session.release();
    return Object.fromEntries(outputs.map(([name, { data }]) => [name, data as Float32Array]));
  };
}

async function onnxruntime(): Promise<typeof import("onnxruntime-node")> {
  try {
    return await import("onnxruntime-node");
  } catch (cause) {
    throw invalid(
      "exportVerified",
      "onnxruntime-node must be installed to check the file (npm install onnxruntime-node)",
      (cause as Error).message,
    );
  }
}
