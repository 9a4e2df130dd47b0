import { readFile, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { Moments, Units } from "@symbreak/core";
import { readJsonIfThere } from "@symbreak/files";
import type { Network } from "@symbreak/samplers";
import { readRunDirectory } from "@symbreak/trainer/node";
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
  /** Options of the session, such as onnxruntime's number of threads. */
  readonly session?: object;
}

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
  const { units, moments, notes, session } = options;
  const runtime = options.runtime ?? (await nodeRuntime()).runtime;
  const given = { runtime, moments, ...(session && { session }) };
  if (typeof source !== "string")
    return openOnnx(source, { ...given, ...(notes !== undefined && { notes }) });
  if (source.startsWith(ZOO)) return openZoo(source.slice(ZOO.length), given);
  const found = await stat(source).catch(() => undefined);
  if (found === undefined)
    throw new RangeError(
      `openNetwork: there is no ${source}: give zoo:<name>, a run, a directory of diffusers or an ONNX file`,
    );
  if (found.isFile()) {
    const beside = notes ?? (await readJsonIfThere(`${source}.json`));
    const name = basename(source);
    const bytes = await readFile(source);
    return openOnnx(bytes, { ...given, name, ...(beside !== undefined && { notes: beside }) });
  }
  const stored = await readRunDirectory(source);
  const name = basename(resolve(source));
  if (notesOf(stored, { units }) === undefined)
    throw new RangeError(
      `openNetwork: ${source} must say the noise that its network was trained for: it has no scheduler, or it is a classifier`,
    );
  const onnx = await exportNetwork(stored, { units, moments });
  return openOnnx(onnx, { ...given, name });
}
