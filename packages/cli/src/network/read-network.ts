import { readFileSync, statSync } from "node:fs";
import { basename, parse, resolve } from "node:path";
import { parseJson } from "@symbreak/core";
import {
  type ConfigFile,
  type DataConfig,
  exportOnnx,
  type Model,
  modelFromConfig,
  onnxMetadata,
} from "@symbreak/trainer";
import { readRunDirectory } from "@symbreak/trainer/node";

/** A network as an ONNX file, and what is known of it. */
export interface ReadNetwork {
  /** What to call it: the name of its directory, of its file without the ending, or in the zoo. */
  readonly name: string;
  readonly onnx: Uint8Array;
  readonly model: Model;
  /** Of a network that denoises in discrete time. */
  readonly scheduler?: ConfigFile;
  /** What it was trained on, in which units; unknown for what `ssb train` did not make. */
  readonly data?: DataConfig;
}

/** Before the name of a model of `@symbreak/zoo`. */
const ZOO = "zoo:";

/** Reads a run directory, a diffusers pipeline directory, a file of `ssb export`, or `zoo:<name>`. */
export async function readNetwork(path: string): Promise<ReadNetwork> {
  if (path.startsWith(ZOO)) {
    const { loadModel } = await import("@symbreak/zoo");
    const name = path.slice(ZOO.length);
    const model = await loadModel(name);
    return fromOnnx(name, path, await model.weights());
  }
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
    const { config, ...pipeline } = await readRunDirectory(path);
    const { model, scheduler } = pipeline;
    const name = basename(resolve(path));
    const known = { ...(scheduler && { scheduler }), ...(config && { data: config.data }) };
    return { name, onnx: exportOnnx(pipeline), model, ...known };
  }
  return fromOnnx(parse(path).name, path, readFileSync(path));
}

function fromOnnx(name: string, path: string, onnx: Uint8Array): ReadNetwork {
  const { config, ...notes } = onnxMetadata(onnx);
  if (config === undefined)
    throw new Error(`${path} was not written by ssb export: it does not say what network it holds`);
  const read = (key: string, text: string): unknown =>
    parseJson(text, `the note "${key}" of ${path}`);
  const known = Object.entries(notes).map(([key, text]) => [key, read(key, text)]);
  const model = modelFromConfig(read("config", config) as ConfigFile);
  return { name, onnx, model, ...Object.fromEntries(known) };
}
