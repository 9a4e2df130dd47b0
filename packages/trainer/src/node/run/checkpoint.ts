import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { invalid } from "@symbreak/core";
import { pipelineFiles } from "../../diffusers/pipeline.ts";
import type { ValuesByName } from "../../engines/engine.ts";
import { readSafetensors, writeSafetensors } from "../../formats/safetensors.ts";
import type { RunParts } from "../../run/from-config.ts";
import { type Layout, layoutSize, unpackWeights } from "../../step/layout.ts";
import { writeAtomically } from "./write-atomically.ts";

/** All that a run needs to go on, bit for bit. Random numbers and the order of the data follow from the step. */
export interface Checkpoint {
  /** Steps done. */
  readonly step: number;
  /** parameters, ema and the optimiser's moments, packed. */
  readonly state: ValuesByName;
  /** What the objective remembers. */
  readonly memory: readonly number[] | undefined;
  /** What ran the steps so far: another engine rounds differently. */
  readonly engine: string;
}

/** The file that a run goes on from. */
const STATE = "training/state.safetensors";

/**
 * Writes a checkpoint: the averaged weights as the run directory's own diffusers pipeline (without a
 * scheduler under `unet`, the network alone), the raw ones under `unet_raw`, and the state to go on from, last and in one file. Each file is replaced in one stroke, so that whatever
 * interrupts the writing, the run goes on from this checkpoint or the one before.
 *
 * @throws RangeError for weights that are not finite: what is on the disk stays good
 */
export async function writeCheckpoint(
  directory: string,
  { model, step: { layout }, scheduler }: RunParts,
  { step, state, memory, engine }: Checkpoint,
): Promise<void> {
  for (const [name, values] of Object.entries(state))
    if (!values.every(Number.isFinite))
      throw invalid("writeCheckpoint", `${name} must be finite`, `step ${step}`);
  const files = (name: "ema" | "parameters") => {
    const weights = unpackWeights(layout, state[name] as Float32Array);
    if (scheduler) return pipelineFiles({ model, weights, scheduler });
    const network = Object.entries(pipelineFiles({ model, weights }));
    return Object.fromEntries(network.map(([path, bytes]) => [`unet/${path}`, bytes]));
  };
  const raw = Object.entries(files("parameters")).filter(([path]) => path.startsWith("unet/"));
  const tensors = Object.entries(state).map(
    ([name, data]) => [name, { shape: [data.length], data: data as Float32Array }] as const,
  );
  const metadata = {
    step: `${step}`,
    engine,
    layout: JSON.stringify(layout),
    ...(memory && { memory: JSON.stringify(memory) }),
  };
  const all = [
    ...raw.map(([path, bytes]) => [path.replace("unet/", "unet_raw/"), bytes] as const),
    ...Object.entries(files("ema")),
    [STATE, writeSafetensors(Object.fromEntries(tensors), metadata)] as const,
  ];
  for (const [path, bytes] of all) await writeAtomically(join(directory, path), bytes);
}

/** The checkpoint of a run directory, or undefined where there is none yet. */
export async function readCheckpoint(
  directory: string,
  { step: { layout, state: links } }: RunParts,
): Promise<Checkpoint | undefined> {
  const file = join(directory, STATE);
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (bytes === undefined) return undefined;
  const { tensors, metadata } = readSafetensors(bytes);
  checkLayout(file, layout, JSON.parse(metadata.layout ?? "{}"));
  const state = Object.values(links).map((name) => {
    const data = tensors[name]?.data;
    if (data?.length !== layoutSize(layout))
      throw invalid(
        "readCheckpoint",
        `${file} must hold ${layoutSize(layout)} of ${name}`,
        data?.length,
      );
    return [name, data] as const;
  });
  return {
    step: Number(metadata.step),
    state: Object.fromEntries(state),
    memory: metadata.memory === undefined ? undefined : JSON.parse(metadata.memory),
    engine: metadata.engine ?? "unknown",
  };
}

function checkLayout(file: string, layout: Layout, stored: Layout): void {
  const names = new Set([...Object.keys(layout), ...Object.keys(stored)]);
  const different = [...names].find((name) => `${layout[name]}` !== `${stored[name]}`);
  if (different === undefined) return;
  const describe = (shape: readonly number[] | undefined) => (shape ? `[${shape}]` : "absent");
  throw invalid(
    "readCheckpoint",
    `${file} must fit the config's network, where "${different}" is ${describe(layout[different])}`,
    describe(stored[different]),
  );
}
