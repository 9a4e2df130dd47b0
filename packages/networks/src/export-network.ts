import type { Bytes, Moments, Units } from "@symbreak/core";
import {
  type ExportOptions,
  exportOnnx,
  type Pipeline,
  type ResolvedConfig,
  withOnnxMetadata,
} from "@symbreak/trainer";
import { momentsNote } from "./moments-note.ts";
import type { NetworkNotes } from "./network-notes.ts";
import { notesOfRun } from "./notes-of-run.ts";
import { notesOfScheduler } from "./notes-of-scheduler.ts";
import { MOMENTS_KEY, NOTES_KEY } from "./open-onnx.ts";

/** A network with its weights, as a run or a pipeline holds it. */
export interface ExportableNetwork extends Pipeline {
  /** The config of the run that made it. */
  readonly config?: ResolvedConfig | undefined;
}

/** What else goes into the file. */
export interface ExportNetworkOptions extends Pick<ExportOptions, "precision" | "batch" | "fused"> {
  /** Its units, where they are statistics of its data, or of a pipeline that does not see [−1, 1]. */
  readonly units?: Units | undefined;
  /** Of its data, in its units: the file then needs no data for a late start. */
  readonly moments?: Moments | undefined;
  readonly trainedOn?: Readonly<Record<string, unknown>> | undefined;
  /** How it is to be sampled, where that is not its scheduler's way. */
  readonly defaults?: NetworkNotes["defaults"];
}

/**
 * A run or a pipeline as one ONNX file that says all that is known of it: its process, what it predicts, its units, its classes,
 * and, where given, its moments.
 */
export async function exportNetwork(
  network: ExportableNetwork,
  { units, moments, trainedOn, defaults, ...options }: ExportNetworkOptions = {},
): Promise<Bytes> {
  const { config } = network;
  const notes = notesOf(network, { units, trainedOn });
  const { model, weights } = network;
  // The weights of a learned noise schedule are no inputs of the network; they are in the notes, as its process.
  const own = Object.fromEntries(model.parameters.map(({ name }) => [name, weights[name]!]));
  const onnx = exportOnnx(
    { ...network, weights: own },
    { ...options, ...(config && { data: config.data }) },
  );
  return withOnnxMetadata(onnx, {
    ...(notes && { [NOTES_KEY]: JSON.stringify({ ...notes, ...(defaults && { defaults }) }) }),
    ...(moments && { [MOMENTS_KEY]: await momentsNote(moments) }),
  });
}

/** The notes on a run or a pipeline; undefined for a classifier and for a bare network without a scheduler. */
export function notesOf(
  { config, weights, model, scheduler, noClass }: ExportableNetwork,
  { units, trainedOn }: Pick<ExportNetworkOptions, "units" | "trainedOn"> = {},
): NetworkNotes | undefined {
  if (config !== undefined) return notesOfRun(config, weights, units);
  if (scheduler === undefined) return undefined;
  const { shape, labels } = model;
  const classes =
    labels === undefined
      ? undefined
      : { count: noClass ?? labels, ...(noClass !== undefined && { none: noClass }) };
  return notesOfScheduler(scheduler, { shape, units, classes, trainedOn });
}
