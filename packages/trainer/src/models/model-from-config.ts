import { invalid } from "@symbreak/core";
import type { Model } from "../model.ts";
import { cleanClassifier } from "./clean-classifier.ts";
import { mlp } from "./mlp.ts";
import { noisyClassifier } from "./noisy-classifier.ts";
import { smallUnet } from "./small-unet.ts";
import { speciationUnet } from "./speciation-unet.ts";
import { unet2d } from "./unet2d/unet2d.ts";

/** The version that parity is tested with. */
export const DIFFUSERS_VERSION = "0.42.1";

/** A configuration file: snake_case keys, and `_class_name`. */
export type ConfigFile = Readonly<Record<string, unknown>>;

const MODELS: Readonly<Record<string, (config: never) => Model>> = {
  UNet2DModel: unet2d,
  SmallUNet: smallUnet,
  SpeciationUNet2DModel: speciationUnet,
  Mlp: mlp,
  NoisyClassifier: noisyClassifier,
  CleanClassifier: cleanClassifier,
};

/**
 * The network that a `config.json` describes: diffusers' own for a `UNet2DModel`, ours for the rest. Keys that begin
 * with an underscore are diffusers' notes to itself and are passed over; any other unknown key is an error.
 */
export function modelFromConfig(file: ConfigFile): Model {
  const { _class_name: name } = file;
  const make = typeof name === "string" && Object.hasOwn(MODELS, name) ? MODELS[name] : undefined;
  if (make === undefined)
    throw invalid(
      "modelFromConfig",
      `_class_name must be of ${Object.keys(MODELS).join(", ")}`,
      name,
    );
  const entries = Object.entries(file).filter(([key]) => !key.startsWith("_"));
  return make(Object.fromEntries(entries.map(([key, value]) => [camelCase(key), value])) as never);
}

/** The network's `config.json`, as diffusers writes it. */
export function configOf(model: Model): ConfigFile {
  const entries = Object.entries(model.config as object);
  return {
    _class_name: model.className,
    _diffusers_version: DIFFUSERS_VERSION,
    ...Object.fromEntries(entries.map(([key, value]) => [snakeCase(key), value])),
  };
}

function camelCase(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
