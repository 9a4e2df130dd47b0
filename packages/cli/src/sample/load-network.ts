import type { DataConfig } from "@symbreak/trainer";
import { readNetwork } from "../network/read-network.ts";

/** A network to sample from. */
export interface LoadedNetwork {
  readonly name: string;
  readonly onnx: Uint8Array;
  /** Of one sample. */
  readonly shape: readonly number[];
  /** Its diffusers scheduler config: the schedule, and what the network predicts. */
  readonly scheduler: Readonly<Record<string, unknown>>;
  /** What it was trained on, in which units; unknown for what `ssb train` did not make. */
  readonly data?: DataConfig;
}

/** Reads a run directory, a diffusers pipeline directory, a file of `ssb export`, or `zoo:<name>`. */
export async function loadNetwork(path: string): Promise<LoadedNetwork> {
  const { name, onnx, model, scheduler, data } = await readNetwork(path);
  if (scheduler === undefined)
    throw new Error(
      `${path} has no scheduler: the noise that its network was trained for is unknown`,
    );
  if (model.labels !== undefined)
    throw new Error(`${path} is conditional on classes; ssb sample cannot ask for one yet`);
  return { name, onnx, shape: model.shape, scheduler, ...(data && { data }) };
}
