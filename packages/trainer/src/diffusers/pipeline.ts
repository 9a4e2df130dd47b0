import { invalid, parseJson } from "@symbreak/core";
import { readSafetensors, writeSafetensors } from "../formats/safetensors.ts";
import type { Model } from "../model.ts";
import { type ConfigFile, configOf, DIFFUSERS_VERSION } from "../models/config-file.ts";
import { modelFromConfig } from "../models/model-from-config.ts";
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

const WEIGHTS = "diffusion_pytorch_model.safetensors";

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

/**
 * Reads a pipeline directory, or a directory with a network alone. `read` gives a file's bytes, or `undefined` where
 * there is none; `where` is what errors call the place.
 */
export async function readPipeline(
  read: (path: string) => Promise<Uint8Array | undefined>,
  where = "the directory",
): Promise<Pipeline> {
  const index = await read("model_index.json");
  const at = index === undefined ? "" : "unet/";
  const config = await read(`${at}config.json`);
  if (config === undefined)
    throw bad(
      `${where} must hold a pipeline (model_index.json, unet/config.json) or a network (config.json)`,
      at === "" ? "neither" : "no unet/config.json",
    );
  const model = modelFromConfig(parse(`${at}config.json`, config));
  const bytes = await read(`${at}${WEIGHTS}`);
  if (bytes === undefined)
    throw bad(
      "the weights must be one safetensors file; in Python, save_pretrained(..., safe_serialization=True) writes it",
      `no ${at}${WEIGHTS}`,
    );
  const weights = weightsOf(model, readSafetensors(bytes).tensors);
  if (index === undefined) return { model, weights };
  const path = "scheduler/scheduler_config.json";
  const scheduler = await read(path);
  if (scheduler === undefined) throw bad("a pipeline must hold its scheduler", `no ${path}`);
  return { model, weights, scheduler: parse(path, scheduler) };
}

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}

function parse(path: string, bytes: Uint8Array): ConfigFile {
  try {
    const value = parseJson(new TextDecoder().decode(bytes), path);
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
