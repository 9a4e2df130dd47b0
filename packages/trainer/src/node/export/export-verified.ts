import { invalid } from "@symbreak/core";
import type { Pipeline } from "../../diffusers/pipeline.ts";
import { exportOnnx } from "../../export/export-onnx.ts";
import { type RunExported, type Verification, verifyOnnx } from "../../export/verify-onnx.ts";

/** An ONNX file that onnxruntime has run, and how well it did. */
export interface VerifiedExport {
  readonly onnx: Uint8Array;
  readonly verification: Verification;
}

/**
 * Exports for any batch, and compares the file, run by onnxruntime-node, with the network in double precision; throws
 * where they differ. The comparison computes one sample in plain JavaScript: an instant for a small network, about a
 * minute for the DDPM one of CIFAR-10.
 */
export async function exportVerified(
  pipeline: Pipeline,
  { precision = "float32" }: { readonly precision?: "float32" | "float16" } = {},
): Promise<VerifiedExport> {
  const onnx = exportOnnx(pipeline, { precision });
  const run = await runner(onnx, pipeline.model.shape);
  return { onnx, verification: await verifyOnnx(run, pipeline, { precision }) };
}

async function runner(onnx: Uint8Array, shape: readonly number[]): Promise<RunExported> {
  const { InferenceSession, Tensor } = await onnxruntime();
  const session = await InferenceSession.create(onnx, { logSeverityLevel: 3 });
  return async ({ sample, timestep, labels }) => {
    const n = timestep.length;
    const feeds = {
      sample: new Tensor("float32", sample, [n, ...shape]),
      timestep: new Tensor("float32", timestep, [n]),
      ...(labels && { labels: new Tensor("int32", labels, [n]) }),
    };
    const { output } = await session.run(feeds);
    await session.release();
    return output!.data as Float32Array;
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
