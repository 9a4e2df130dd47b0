import { invalid } from "@symbreak/core";
import { writeSafetensors } from "../formats/safetensors.ts";
import type { Model } from "../model.ts";
import { type ConfigFile, configOf, DIFFUSERS_VERSION } from "../models/config-file.ts";
import { modelFromConfig } from "../models/model-from-config.ts";
import { parsePythonJson, writePythonJson } from "./python-json.ts";
import { type ReadFile, readTensors, WEIGHTS } from "./weight-files.ts";
import { tensorsOf, type Weights, weightsOf } from "./weights.ts";

/** A trained network with the noise that it was trained for. */
export interface Pipeline {
  readonly model: Model;
  readonly weights: Weights;
  /** `scheduler_config.json`, as from samplers' `toSchedulerConfig`; absent when only a network was stored. */
  readonly scheduler?: ConfigFile;
  /** The label that stands for no class, of a network that was trained with dropped labels; diffusers has no word for it. */
  readonly noClass?: number;
}

/** Pipelines of diffusers by their scheduler; DDPMPipeline takes the others. */
const PIPELINES: Readonly<Record<string, string>> = {
  DDIMScheduler: "DDIMPipeline",
  PNDMScheduler: "PNDMPipeline",
  ScoreSdeVeScheduler: "ScoreSdeVePipeline",
};

/**
 * The files of a diffusers pipeline directory, by path: model_index.json, unet/ and scheduler/.
 *
 * diffusers loads it where the network is a `UNet2DModel`. Ours are named as library "symbreak", so that it refuses
 * them with a clear message.
 */
export function pipelineFiles({ model, weights, scheduler }: Pipeline): Record<string, Uint8Array> {
  const unet = {
    "config.json": json(configOf(model)),
    [WEIGHTS]: writeSafetensors(tensorsOf(model, weights)),
  };
  if (scheduler === undefined) return unet;
  const name = `${scheduler._class_name}`;
  return {
    "model_index.json": json({
      _class_name: PIPELINES[name] ?? "DDPMPipeline",
      _diffusers_version: DIFFUSERS_VERSION,
      scheduler: ["diffusers", name],
      unet: [model.className === "UNet2DModel" ? "diffusers" : "symbreak", model.className],
    }),
    ...Object.fromEntries(Object.entries(unet).map(([path, bytes]) => [`unet/${path}`, bytes])),
    "scheduler/scheduler_config.json": json(scheduler),
  };
}

/** What a directory may leave open. */
export interface ReadPipelineOptions {
  /** What errors call the place. Default "the directory". */
  readonly where?: string;
  /** Height and width of a sample, for a network whose `sample_size` is null: a network of convolutions takes any. */
  readonly sampleSize?: number | readonly [height: number, width: number] | undefined;
}

/**
 * Reads a pipeline directory, or a directory with a network alone or with its scheduler beside it: all layouts that diffusers
 * reads, with whole or sharded weights of any variant, and the folders of averaged weights that its `EMAModel` writes.
 *
 * @param read a file's bytes, or `undefined` where there is none
 * @throws RangeError naming the file and the rule
 */
export async function readPipeline(
  read: ReadFile,
  { where = "the directory", sampleSize }: ReadPipelineOptions = {},
): Promise<Pipeline> {
  const index = await read("model_index.json");
  if (index !== undefined) checkComponents(parse("model_index.json", index));
  const [at, config] = (await firstOf(read, ["unet/", ""], "config.json")) ?? [];
  if (at === undefined || config === undefined)
    throw bad(
      `${where} must hold a pipeline (model_index.json, unet/config.json) or a network (config.json)`,
      index === undefined ? "neither" : "no unet/config.json",
    );
  const model = modelFromConfig(networkConfig(`${at}config.json`, config, sampleSize));
  const weights = weightsOf(model, await readTensors(read, at));
  const name = "scheduler_config.json";
  const [beside, scheduler] = (await firstOf(read, ["scheduler/", ""], name)) ?? [];
  if (scheduler !== undefined)
    return { model, weights, scheduler: parse(`${beside}${name}`, scheduler) };
  if (index !== undefined) throw bad("a pipeline must hold its scheduler", `no scheduler/${name}`);
  return { model, weights };
}

/** The first of some places that has a file, and its bytes. */
async function firstOf(
  read: ReadFile,
  places: readonly string[],
  name: string,
): Promise<readonly [place: string, bytes: Uint8Array] | undefined> {
  for (const place of places) {
    const bytes = await read(`${place}${name}`);
    if (bytes !== undefined) return [place, bytes];
  }
  return undefined;
}

/** Networks that want more than a noisy image, a time and a class, or that make no image of them. */
const OTHER_NETWORKS = /^(UNet\w*Condition|\w*Transformer|Autoencoder|VQModel)/;

function checkNetwork(where: string, className: unknown): void {
  if (typeof className === "string" && OTHER_NETWORKS.test(className))
    throw bad(
      `${where} must be a UNet2DModel, which is told a time and at most a class (another network can be opened as ONNX, with notes on it, if it is told no more)`,
      className,
    );
}

/** A pipeline of latents or of texts is not its network: the samples would be no images. */
function checkComponents(index: ConfigFile): void {
  for (const name of ["unet", "transformer"]) {
    const component = index[name];
    if (Array.isArray(component)) checkNetwork(`${index._class_name}: its ${name}`, component[1]);
  }
  for (const [name, component] of Object.entries(index)) {
    const isThere = Array.isArray(component) && component.some((part) => part !== null);
    if (isThere && name !== "unet" && name !== "scheduler")
      throw bad(
        `${index._class_name} must be of a unet and a scheduler alone (the folder of its network can be opened with a scheduler)`,
        name,
      );
  }
}

/** What `EMAModel.save_pretrained` writes into the config of the network that it averages. */
const EMA_KEYS = [
  "decay",
  "min_decay",
  "optimization_step",
  "update_after_step",
  "use_ema_warmup",
  "inv_gamma",
  "power",
];

function networkConfig(
  path: string,
  bytes: Uint8Array,
  sampleSize: ReadPipelineOptions["sampleSize"],
): ConfigFile {
  const file = parse(path, bytes);
  const entries = Object.entries(file).filter(([key]) => !EMA_KEYS.includes(key));
  const config = Object.fromEntries(entries);
  checkNetwork(path, config._class_name);
  if (config._class_name !== "UNet2DModel" || (config.sample_size ?? null) !== null) return config;
  if (sampleSize === undefined)
    throw bad(
      `the sample_size of ${path} must be known: give sampleSize, as a number or [height, width]`,
      null,
    );
  return { ...config, sample_size: sampleSize };
}

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(writePythonJson(value));
}

function parse(path: string, bytes: Uint8Array): ConfigFile {
  try {
    const value = parsePythonJson(new TextDecoder().decode(bytes), path);
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as ConfigFile;
  } catch (cause) {
    throw bad(`${path} must be JSON`, (cause as Error).message);
  }
  throw bad(`${path} must hold a JSON object`, "something else");
}

function bad(rule: string, value: unknown): RangeError {
  return invalid("readPipeline", rule, value);
}
