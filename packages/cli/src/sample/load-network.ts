import { readFileSync, statSync } from "node:fs";
import { exportOnnx, modelFromConfig, onnxMetadata } from "@symbreak/trainer";
import { readPipelineDirectory } from "@symbreak/trainer/node";

/** A network to sample from. */
export interface LoadedNetwork {
  readonly onnx: Uint8Array;
  /** Of one sample. */
  readonly shape: readonly number[];
  /** Its diffusers scheduler config: the schedule, and what the network predicts. */
  readonly scheduler: Readonly<Record<string, unknown>>;
}

/** Reads a run directory, a diffusers pipeline directory, or a file of `ssb export`. */
export async function loadNetwork(path: string): Promise<LoadedNetwork> {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
    const pipeline = await readPipelineDirectory(path);
    return checked(path, exportOnnx(pipeline), pipeline.model, pipeline.scheduler);
  }
  const onnx = readFileSync(path);
  const { config, scheduler } = onnxMetadata(onnx);
  if (config === undefined)
    throw new Error(`${path} was not written by ssb export: it does not say what network it holds`);
  const model = modelFromConfig(JSON.parse(config));
  return checked(path, onnx, model, scheduler === undefined ? undefined : JSON.parse(scheduler));
}

function checked(
  path: string,
  onnx: Uint8Array,
  { shape, labels }: { readonly shape: readonly number[]; readonly labels?: number },
  scheduler: Readonly<Record<string, unknown>> | undefined,
): LoadedNetwork {
  if (scheduler === undefined)
    throw new Error(
      `${path} has no scheduler: the noise that its network was trained for is unknown`,
    );
  if (labels !== undefined)
    throw new Error(`${path} is conditional on classes; ssb sample cannot ask for one yet`);
  return { onnx, shape, scheduler };
}
