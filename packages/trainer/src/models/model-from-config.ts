import { invalid } from "@symbreak/core";
import type { Model } from "../model.ts";
import { cleanClassifier } from "./clean-classifier.ts";
import type { ConfigFile } from "./config-file.ts";
import { type GaussianSkipConfig, gaussianSkip } from "./gaussian-skip.ts";
import type { GaussianTables } from "./gaussian-tables.ts";
import { mlp } from "./mlp.ts";
import { noisyClassifier } from "./noisy-classifier.ts";
import { smallUnet } from "./small-unet.ts";
import { speciationUnet } from "./speciation-unet.ts";
import { unet2d } from "./unet2d/unet2d.ts";

const MODELS: Readonly<Record<string, (config: never, tables?: GaussianTables) => Model>> = {
  UNet2DModel: unet2d,
  SmallUNet: smallUnet,
  SpeciationUNet2DModel: speciationUnet,
  Mlp: mlp,
  NoisyClassifier: noisyClassifier,
  CleanClassifier: cleanClassifier,
  GaussianSkip: ({ network, ...options }: GaussianSkipConfig, tables) =>
    gaussianSkip(modelFromConfig(nested(network)), options, tables),
};

/**
 * The network that a `config.json` describes: diffusers' own for a `UNet2DModel`, ours for the rest. Keys that begin
 * with an underscore are diffusers' notes to itself and are passed over; any other unknown key is an error.
 *
 * `tables` are what a `GaussianSkip` is begun with; a trained one has them among its weights.
 */
export function modelFromConfig(file: ConfigFile, tables?: GaussianTables): Model {
  const { _class_name: name } = file;
  const make = typeof name === "string" && Object.hasOwn(MODELS, name) ? MODELS[name] : undefined;
  if (make === undefined)
    throw invalid(
      "modelFromConfig",
      `_class_name must be of ${Object.keys(MODELS).join(", ")}`,
      name,
    );
  checkNumbers(file, "");
  const entries = Object.entries(file).filter(([key]) => !key.startsWith("_"));
  const options = Object.fromEntries(entries.map(([key, value]) => [camelCase(key), value]));
  return make(options as never, tables);
}

/** No width, depth, size or count of any network is larger: a file that says more is refused before it takes the memory. */
const LARGEST = 1 << 16;

function checkNumbers(value: unknown, path: string): void {
  if (typeof value === "number" && Math.abs(value) > LARGEST)
    throw invalid("modelFromConfig", `${path} must be at most ${LARGEST}`, value);
  if (typeof value !== "object" || value === null) return;
  for (const [key, entry] of Object.entries(value))
    checkNumbers(entry, path === "" ? key : `${path}.${key}`);
}

/** A network inside another's configuration: a file's, or as it is written in a run's config, with `className`. */
function nested(network: unknown): ConfigFile {
  if (typeof network !== "object" || network === null)
    throw invalid("modelFromConfig", "network must be the configuration of a network", network);
  const { className, ...rest } = network as ConfigFile;
  return className === undefined ? rest : { _class_name: className, ...rest };
}

function camelCase(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
