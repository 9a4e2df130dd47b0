import { invalid, parseJson } from "@symbreak/core";
import type { ValuesByName } from "../../engines/engine.ts";
import { readSafetensors, writeSafetensors } from "../../formats/safetensors.ts";
import type { ResolvedConfig } from "../../run/config.ts";
import type { RunParts } from "../../run/from-config.ts";
import { type Layout, layoutSize } from "../../step/layout.ts";

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
  /** The run that these steps are of; older checkpoints do not say. */
  readonly config?: ResolvedConfig;
}

/** A checkpoint as one safetensors file. */
export function stateFile({ step: { layout } }: RunParts, checkpoint: Checkpoint): Uint8Array {
  const { step, state, memory, engine, config } = checkpoint;
  const tensors = Object.entries(state).map(
    ([name, data]) => [name, { shape: [data.length], data: data as Float32Array }] as const,
  );
  return writeSafetensors(Object.fromEntries(tensors), {
    step: `${step}`,
    engine,
    layout: JSON.stringify(layout),
    ...(memory && { memory: JSON.stringify(memory) }),
    ...(config && { config: JSON.stringify(config) }),
  });
}

/** Reads {@link stateFile}; `file` is what errors call it. @throws RangeError where it does not fit the network */
export function parseStateFile(
  bytes: Uint8Array,
  file: string,
  { step: { layout, state: links } }: RunParts,
): Checkpoint {
  const { tensors, metadata } = named(file, () => readSafetensors(bytes));
  const note = (key: string): unknown =>
    metadata[key] === undefined ? undefined : parseJson(metadata[key], `${file} (${key})`);
  const fail = (rule: string, value: unknown): RangeError =>
    invalid("readCheckpoint", `${file} must ${rule}`, value);
  const step = /^\d+$/.test(metadata.step ?? "") ? Number(metadata.step) : undefined;
  if (!Number.isSafeInteger(step)) throw fail("say how many steps it has behind it", metadata.step);
  checkLayout(fail, layout, (note("layout") ?? {}) as Layout);
  const state = Object.values(links).map((name) => {
    const data = Object.hasOwn(tensors, name) ? tensors[name]!.data : undefined;
    if (data?.length !== layoutSize(layout))
      throw fail(`hold ${layoutSize(layout)} of ${name}`, data?.length);
    return [name, data] as const;
  });
  const memory = note("memory");
  if (memory !== undefined && !(Array.isArray(memory) && memory.every(Number.isFinite)))
    throw fail("hold finite numbers as the objective's memory", memory);
  const config = note("config");
  return {
    step: step!,
    state: Object.fromEntries(state),
    memory: memory as number[] | undefined,
    engine: metadata.engine ?? "unknown",
    ...(config !== undefined && { config: config as ResolvedConfig }),
  };
}

function named<Value>(file: string, read: () => Value): Value {
  try {
    return read();
  } catch (cause) {
    throw new Error(`${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

function checkLayout(
  fail: (rule: string, value: unknown) => RangeError,
  layout: Layout,
  stored: Layout,
): void {
  const names = new Set([...Object.keys(layout), ...Object.keys(stored)]);
  const different = [...names].find((name) => `${layout[name]}` !== `${stored[name]}`);
  if (different === undefined) return;
  const describe = (shape: readonly number[] | undefined) => (shape ? `[${shape}]` : "absent");
  throw fail(
    `fit the config's network, where "${different}" is ${describe(layout[different])}`,
    describe(stored[different]),
  );
}
