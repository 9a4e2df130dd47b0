import { type Program, toDynamicOnnx, toOnnx } from "@symbreak/graph";
import type { Pipeline } from "../diffusers/pipeline.ts";
import { configOf } from "../models/config-file.ts";
import { denoiserProgram } from "./denoiser-program.ts";
import { withOnnxMetadata } from "./onnx-metadata.ts";

export interface ExportOptions {
  /** How the weights are stored, float32 by default. "float16" halves the file; the arithmetic stays float32. */
  readonly precision?: "float32" | "float16";
  /** Samples in a run: any number by default. */
  readonly batch?: number;
}

/**
 * A network with its weights as an ONNX file: `sample`, `timestep` and with classes `labels` → `output`. The
 * configurations of network and scheduler are in its metadata, as JSON under `config` and `scheduler`.
 */
export function exportOnnx(
  { model, weights, scheduler }: Pipeline,
  { precision = "float32", batch }: ExportOptions = {},
): Uint8Array<ArrayBuffer> {
  const trace = (n: number): Program => denoiserProgram(model, n);
  const options = { weights, precision };
  const onnx = batch === undefined ? toDynamicOnnx(trace, options) : toOnnx(trace(batch), options);
  return withOnnxMetadata(onnx, {
    config: JSON.stringify(configOf(model)),
    ...(scheduler && { scheduler: JSON.stringify(scheduler) }),
  });
}
