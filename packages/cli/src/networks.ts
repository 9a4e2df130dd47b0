import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import {
  AS_IS,
  type Data,
  SYMMETRIC,
  UNIT,
  UNITS,
  type Units,
  type UnitsName,
  withUnits,
} from "@symbreak/core";
import { describe, type LoadedData, type LoadOptions, loadDataset } from "@symbreak/datasets";
import { readJsonIfThere } from "@symbreak/files";
import {
  type FoundRuntime,
  nodeRuntime,
  type OpenNetworkOptions,
  openNetwork,
} from "@symbreak/networks/node";
import type { Network } from "@symbreak/samplers";
import { oneOf } from "./parse.ts";

/** What a command line says of a network and of its data; what it leaves out the network says itself. */
export interface Asked {
  readonly network: string;
  /** Name or path of the data, `--data`. */
  readonly data?: string | undefined;
  readonly options: LoadOptions;
  readonly scale?: string | undefined;
  /** Processes that share its work, `--workers`. Default one a core, at most 8: a batch has no more parts. */
  readonly workers?: number | undefined;
}

/** What runs the networks of a verb: the processes that were asked for, the same for all of them. */
export function runtimeAsked({
  workers = Math.min(availableParallelism(), 8),
}: Pick<Asked, "workers">): Promise<FoundRuntime> {
  const found = RUNTIMES.get(workers) ?? nodeRuntime({ workers });
  RUNTIMES.set(workers, found);
  return found;
}

const RUNTIMES = new Map<number, Promise<FoundRuntime>>();

/** A network that was opened, and what runs it. */
export interface Opened {
  readonly network: Network;
  readonly runtime: FoundRuntime;
  /** Units that it was told to have, where it does not say them, or says others. */
  readonly units: Units | undefined;
}

/** Units that need no statistics of the data. */
const FIXED: Partial<Record<UnitsName, Units>> = {
  symmetric: SYMMETRIC,
  unit: UNIT,
  "as-is": AS_IS,
};

/**
 * Opens the network of a verb in its own units, or in those that were asked for. Its moments are left out where data or units are
 * named that may be others.
 */
export async function openAsked(asked: Asked): Promise<Opened> {
  const { network: source, data, options, scale } = asked;
  const name = scale === undefined ? undefined : oneOf("--scale", scale, UNITS);
  const units = await unitsAsked(asked, name);
  const runtime = await runtimeAsked(asked);
  const found = await openNamed(source, { runtime: runtime.runtime, units });
  const ownMoments = data === undefined && scale === undefined && Object.keys(options).length === 0;
  const network = {
    ...found,
    ...(units && { units }),
    moments: ownMoments ? found.moments : undefined,
  };
  return { network, runtime, units };
}

/** Opens a network by its name or path. */
export async function openNamed(source: string, options: OpenNetworkOptions): Promise<Network> {
  return reading(source, openNetwork(await imported(source), options));
}

/** The data of a network in its units: as named, else what it was trained on. They must be of its shape. */
export async function dataOf(
  { name, trainedOn, units, denoiser }: Network,
  { data, options }: Pick<Asked, "data" | "options">,
): Promise<LoadedData> {
  const chosen = chosenData(name, trainedOn, { data, options });
  const set = await loadDataset(chosen.dataset, chosen.options);
  return checkShape({ ...set, ...withUnits(set, units) }, denoiser.shape);
}

/** What a network was trained on, in words as `describe` has them; null where it does not say. */
export function describeTrained({ trainedOn, moments, denoiser }: Network): string | null {
  const {
    dataset,
    split = "train",
    ...selection
  } = (trainedOn ?? {}) as {
    dataset?: string;
  } & LoadOptions;
  const count = moments?.count;
  if (dataset === undefined || count === undefined) return null;
  const { classes, perClass, limit, resize, pad } = selection;
  const steps = [
    classes && `classes ${classes.join(",")}`,
    perClass && `first ${perClass} per class`,
    limit && `first ${limit}`,
    resize && `resize ${resize}`,
    pad && `pad ${pad}`,
  ].filter((step) => typeof step === "string");
  return `${[`${dataset} ${split}`, ...steps].join(", ")}: ${count} × ${denoiser.shape.join("×")}`;
}

/** Which data, and what to do to them: the words of `loadDataset`. */
export function chosenData(
  network: string,
  trainedOn: Network["trainedOn"],
  { data, options }: Pick<Asked, "data" | "options">,
): { readonly dataset: string; readonly options: LoadOptions } {
  const { dataset: own, ...selection } = (trainedOn ?? {}) as { dataset?: string } & LoadOptions;
  const dataset = data ?? own;
  if (dataset === undefined)
    throw new Error(`${network} does not say what it was trained on: name the data with --data`);
  // Another set has its own selection.
  return { dataset, options: dataset === own ? { ...selection, ...options } : options };
}

function checkShape<Set extends Data>(set: Set, shape: readonly number[]): Set {
  if (set.shape.join() === shape.join()) return set;
  throw new Error(
    `${describe(set)} does not fit the network's ${shape.join("×")}; see --resize, --pad`,
  );
}

/** The units that were asked for, or those of a run whose units are statistics of its data; else undefined. */
async function unitsAsked(asked: Asked, name: UnitsName | undefined): Promise<Units | undefined> {
  if (name !== undefined && FIXED[name] !== undefined) return FIXED[name];
  const config = asked.network.startsWith("zoo:") ? undefined : await configOf(asked.network);
  const own = config?.data;
  const wanted =
    name ?? (own && FIXED[own.scale as UnitsName] === undefined ? own.scale : undefined);
  if (wanted === undefined) return undefined;
  const { scale: _, flip: __, ...trainedOn } = own ?? { scale: wanted };
  const { dataset, options } = chosenData(asked.network, trainedOn, asked);
  return withUnits(await loadDataset(dataset, options), wanted as UnitsName).units;
}

/** Awaits what is read of a file or a directory: what it holds wrongly was not called wrongly. */
export async function reading<Value>(source: string, read: Promise<Value>): Promise<Value> {
  return read.catch((cause: unknown) => {
    const held = cause instanceof RangeError && existsSync(source);
    throw held ? new Error(cause.message, { cause }) : cause;
  });
}

/** Of what `ssb import` made, its file: it knows the data and their moments, which a directory of diffusers cannot say. */
async function imported(source: string): Promise<string> {
  const known = await readJsonIfThere(join(source, "import.json"));
  return known === undefined ? source : join(source, "model.onnx");
}

async function configOf(
  directory: string,
): Promise<{ readonly data?: { readonly scale: string; readonly flip?: boolean } } | undefined> {
  const read = await readJsonIfThere(join(directory, "config.json"));
  return typeof read === "object" && read !== null ? read : undefined;
}
