import {
  AS_IS,
  invalid,
  type Moments,
  parseJson,
  SYMMETRIC,
  UNIT,
  type Units,
} from "@symbreak/core";
import type { Network } from "@symbreak/samplers";
import { onnxMetadata } from "@symbreak/trainer";
import { digestOf } from "./digest.ts";
import { momentsOfNote } from "./moments-note.ts";
import { type NetworkNotes, networkNotes } from "./network-notes.ts";
import { notesOfScheduler } from "./notes-of-scheduler.ts";
import { onnxNetwork } from "./onnx-network.ts";
import type { OnnxRuntime } from "./runtime.ts";

/** How the bytes of an ONNX file are opened. */
export interface OpenOnnxOptions {
  /** What the network is called in protocols and messages. Default "network.onnx". */
  readonly name?: string;
  /** onnxruntime, of your choice. */
  readonly runtime: OnnxRuntime;
  /** For a file that does not say what it is, or says it wrongly: the notes as JSON, unchecked. */
  readonly notes?: unknown;
  /** Instead of those in the file. */
  readonly moments?: Moments | undefined;
  /** Options of the session, such as onnxruntime's execution providers. */
  readonly session?: object;
}

/** The keys of a file's metadata. */
export const NOTES_KEY = "symbreak";
export const MOMENTS_KEY = "symbreak.moments";

/**
 * The bytes of an ONNX file as a network, in Node and in browsers: of a file that `ssb export` wrote, or of any other with
 * notes on what it is.
 *
 * @example
 * import * as ort from "onnxruntime-web/wasm";
 * const network = await openOnnx(bytes, { runtime: ort });
 * const { samples } = await sample({ network, solver: ddim(), steps: 5, count: 16 });
 * @throws RangeError where the file does not say what it is, naming what is missing
 */
export async function openOnnx(bytes: Uint8Array, options: OpenOnnxOptions): Promise<Network> {
  const { name = "network.onnx", runtime } = options;
  const metadata = onnxMetadata(bytes);
  const notes =
    options.notes === undefined
      ? notesInMetadata(name, metadata)
      : networkNotes(`the notes on ${name}`, options.notes);
  const session = await runtime.InferenceSession.create(bytes, options.session);
  const note = jsonNote(name, metadata, MOMENTS_KEY);
  const moments =
    options.moments ?? (note === undefined ? undefined : await momentsOfNote(note, notes.units));
  return onnxNetwork({ name, digest: await digestOf(bytes), notes, session, runtime, moments });
}

/** The notes of a file's metadata: ours, or those that earlier versions wrote piece by piece. */
function notesInMetadata(name: string, metadata: Readonly<Record<string, string>>): NetworkNotes {
  const json = (key: string) => jsonNote(name, metadata, key);
  if (metadata[NOTES_KEY] !== undefined)
    return networkNotes(`the notes in ${name}`, json(NOTES_KEY));
  const isOurs = metadata.config !== undefined && metadata.scheduler !== undefined;
  if (!isOurs)
    throw invalid(
      "openOnnx",
      `${name} must say what network it holds: write a JSON beside it (ssb import --schema prints its schema), or give notes`,
      Object.keys(metadata),
    );
  return earlierNotes(name, json("config"), json("scheduler"), json("data"), json("noClass"));
}

function jsonNote(name: string, metadata: Readonly<Record<string, string>>, key: string): unknown {
  const text = metadata[key];
  if (text === undefined) return undefined;
  const note = `the note "${key}" of ${name}`;
  try {
    return parseJson(text, note);
  } catch (cause) {
    throw invalid("openOnnx", `${note} must be JSON (${(cause as Error).message})`, text);
  }
}

const NAMED: Readonly<Record<string, Units>> = { symmetric: SYMMETRIC, unit: UNIT, "as-is": AS_IS };

function earlierNotes(
  name: string,
  config: unknown,
  scheduler: unknown,
  data: unknown,
  none: unknown,
): NetworkNotes {
  const { scale = "symmetric", flip: _, ...trainedOn } = record(name, "data", data ?? {});
  const units = NAMED[String(scale)];
  if (units === undefined)
    throw invalid(
      "openOnnx",
      `${name} must say the statistics of its units; export it again`,
      scale,
    );
  const { shape, labels } = shapeOf(name, record(name, "config", config));
  const classes =
    labels === undefined
      ? undefined
      : {
          count: typeof none === "number" ? none : labels,
          ...(typeof none === "number" && { none }),
        };
  // Networks of `ssb train` are sampled by the papers' solvers, without clipping: the scheduler is there for diffusers.
  const { scheduler: __, ...notes } = notesOfScheduler(record(name, "scheduler", scheduler), {
    shape,
    units,
    classes,
    trainedOn,
  });
  return networkNotes(`the notes in ${name}`, JSON.parse(JSON.stringify(notes)));
}

function shapeOf(
  name: string,
  config: Record<string, unknown>,
): { shape: number[]; labels: number | undefined } {
  const inner = config.network === undefined ? config : record(name, "config", config.network);
  const side = inner.sample_size ?? inner.sampleSize;
  const channels = Number(inner.in_channels ?? inner.inChannels);
  const size = inner.size;
  const sides = Array.isArray(side) ? side.map(Number) : [Number(side), Number(side)];
  const shape = typeof size === "number" ? [size] : [channels, ...sides];
  if (!shape.every((n) => Number.isInteger(n) && n > 0))
    throw invalid("openOnnx", `${name} must say the shape of a sample`, shape);
  const labels = inner.num_class_embeds ?? inner.numClassEmbeds;
  return { shape, labels: typeof labels === "number" ? labels : undefined };
}

function record(name: string, key: string, value: unknown): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw invalid("openOnnx", `the note "${key}" of ${name} must be an object`, value);
}
