import type { Bytes } from "@symbreak/core";
import { type Program, toDynamicOnnx, toOnnx } from "@symbreak/graph";
import type { Pipeline } from "../diffusers/pipeline.ts";
import { configOf } from "../models/config-file.ts";
import type { DataConfig } from "../run/config.ts";
import { denoiserProgram } from "./denoiser-program.ts";
import { withOnnxMetadata } from "./onnx-metadata.ts";

export interface ExportOptions {
  /** How the weights are stored, float32 by default. "float16" halves the file; the arithmetic stays float32. */
  readonly precision?: "float32" | "float16";
  /** Samples in a run: any number by default. */
  readonly batch?: number;
  /** With operators of onnxruntime's own: for a file that is run at once, not for one that others read. Default false. */
  readonly fused?: boolean | undefined;
  /** What the network was trained on, and in which units: what it must be fed. */
  readonly data?: DataConfig;
}

/**
 * A network with its weights as an ONNX file: `sample`, `timestep` and with classes `class_labels` → `output`, of a
 * classifier `output` (logits) and `features`. The configurations of network, scheduler and data are in its metadata, as
 * JSON under `config`, `scheduler` and `data`, and under `noClass` the label that stands for none.
 */
export function exportOnnx(
  { model, weights, scheduler, noClass }: Pipeline,
  { precision = "float32", batch, data, fused }: ExportOptions = {},
): Bytes {
  const trace = (n: number): Program => denoiserProgram(model, n);
  const options = { weights, precision, fused };
  const onnx = batch === undefined ? toDynamicOnnx(trace, options) : toOnnx(trace(batch), options);
  return withOnnxMetadata(onnx, {
    config: JSON.stringify(configOf(model)),
    ...(scheduler && { scheduler: JSON.stringify(scheduler) }),
    ...(data && { data: JSON.stringify(data) }),
    ...(noClass !== undefined && { noClass: JSON.stringify(noClass) }),
  });
}
