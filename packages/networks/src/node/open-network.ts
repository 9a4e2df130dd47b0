import { readFile, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { checkKeys, invalid, type Moments, type Units } from "@symbreak/core";
import { readJsonIfThere } from "@symbreak/files";
import type { Network } from "@symbreak/samplers";
import { readRunDirectory } from "@symbreak/trainer/node";
import type { SchedulerConfig } from "../diffusers/config.ts";
import { exportNetwork, notesOf } from "../export-network.ts";
import { openOnnx } from "../open-onnx.ts";
import { openZoo, ZOO } from "../open-zoo.ts";
import type { OnnxRuntime } from "../runtime.ts";
import { nodeRuntime } from "./node-runtime.ts";

/** What may be said of a network that does not say it itself. */
export interface OpenNetworkOptions {
  /** Default: onnxruntime-node where it is installed, otherwise onnxruntime-web. */
  readonly runtime?: OnnxRuntime;
  /** Notes on an ONNX file; default those in it, else those of the JSON beside it (`<file>.json`). */
  readonly notes?: unknown;
  /** The units of a run or a pipeline that does not say them. */
  readonly units?: Units | undefined;
  readonly moments?: Moments | undefined;
  /** The `scheduler_config.json` of a network of diffusers that has none, or in place of the one that it has. */
  readonly scheduler?: SchedulerConfig | undefined;
  /** Height and width of a sample, for a network of diffusers whose `sample_size` is null. */
  readonly sampleSize?: number | readonly [height: number, width: number] | undefined;
  /** Options of the session, such as onnxruntime's number of threads. */
  readonly session?: object;
  /** Processes that share its work, of onnxruntime-node; not with a runtime, which is one already. Default 1, this process. */
  readonly workers?: number | undefined;
}

const OPTIONS = [
  ...["runtime", "notes", "units", "moments", "scheduler", "sampleSize", "session", "workers"],
];

/**
 * Opens a network, wherever it comes from: `zoo:<name>`, a run of `ssb train`, a directory of diffusers, an ONNX file (of
 * `ssb export`, or another with notes on what it is), or a file's bytes.
 *
 * @example const network = await openNetwork("zoo:mnist");
 * @throws RangeError where it cannot be sampled as what it is, naming why
 */
export async function openNetwork(
  source: string | Uint8Array,
  options: OpenNetworkOptions = {},
): Promise<Network> {
  checkKeys("openNetwork", options, OPTIONS);
  const { units, moments, notes, session, scheduler, sampleSize, workers } = options;
  if (workers !== undefined && options.runtime !== undefined)
    throw invalid("openNetwork", "workers and runtime must not both be given", workers);
  const runtime = options.runtime ?? (await nodeRuntime({ workers })).runtime;
  const given = { runtime, moments, ...(session && { session }) };
  if (typeof source !== "string")
    return openOnnx(source, { ...given, ...(notes !== undefined && { notes }) });
  if (source.startsWith(ZOO)) return openZoo(source.slice(ZOO.length), given);
  const file = await stat(source).catch(() => undefined);
  if (file === undefined)
    throw new RangeError(
      `openNetwork: there is no ${source}: give zoo:<name>, a run, a directory of diffusers or an ONNX file`,
    );
  if (file.isFile()) {
    const beside = notes ?? (await readJsonIfThere(`${source}.json`));
    const name = basename(source);
    const bytes = await readFile(source);
    return openOnnx(bytes, { ...given, name, ...(beside !== undefined && { notes: beside }) });
  }
  const found = await readRunDirectory(source, { sampleSize });
  if (found.config !== undefined && scheduler !== undefined)
    throw invalid(
      "openNetwork",
      "scheduler must not be given for a run, which says its noise",
      source,
    );
  const stored = scheduler === undefined ? found : { ...found, scheduler };
  const name = basename(resolve(source));
  if (notesOf(stored, { units }) === undefined)
    throw new RangeError(
      `openNetwork: ${source} must say the noise that its network was trained for: it has no scheduler (give one), or it is a classifier`,
    );
  const onnx = await exportNetwork(stored, { units, moments, fused: true });
  return openOnnx(onnx, { ...given, name });
}
