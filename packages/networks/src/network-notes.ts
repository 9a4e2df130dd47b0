import {
  AS_IS,
  type GridSpec,
  gridOf,
  invalid,
  type Prediction,
  type ProcessSpec,
  processOf,
  SYMMETRIC,
  shortened,
  UNIT,
  type Units,
} from "@symbreak/core";
import {
  type NetworkDefaults,
  type SolverSpec,
  solverOf,
  type ThresholdSpec,
  thresholdOf,
} from "@symbreak/samplers";
import * as v from "valibot";
import { pipelineDefaults } from "./diffusers/pipeline-defaults.ts";

/**
 * All that must be known of an ONNX network to sample it, as JSON: in the metadata of a file that `ssb export` wrote, in the
 * directory of a run, or beside somebody else's file. Data, not orders: nothing in it names a path.
 */
export interface NetworkNotes {
  /** Of one sample, `[channels, height, width]` or `[d]`. */
  readonly shape: readonly number[];
  /** The forward process that it was trained on. */
  readonly process: ProcessSpec;
  readonly prediction: Prediction;
  /**
   * How x reaches the network: "vp" (with unit variance per the level), "none" (as it is), or EDM's preconditioning around
   * the raw network. Default "vp".
   */
  readonly scaling: "vp" | "none" | { readonly sigmaData: number };
  /** Set when the output has twice the channels: the variance that improved DDPM learns. */
  readonly variance?: "learned" | "learnedRange" | undefined;
  /** The units that it sees. */
  readonly units: Units;
  /**
   * Set for conditional networks; `none` is the label that stands for no class. The file is told the number of a class times
   * `scale`, default 1.
   */
  readonly classes?: {
    readonly count: number;
    readonly names?: readonly string[] | undefined;
    readonly none?: number | undefined;
    readonly scale?: number | undefined;
  };
  /** Names of the file's inputs and output where they are not the first, the second and the first. */
  readonly inputs?: {
    readonly sample?: string | undefined;
    readonly timestep?: string | undefined;
    readonly classes?: string | undefined;
    readonly output?: string | undefined;
  };
  /** Dimensions of the timestep input. Default: what the file declares, else one a sample. */
  readonly timestepShape?: "batch" | "single" | "scalar" | undefined;
  /** How its makers sample it. */
  readonly defaults?: {
    readonly solver?: SolverSpec | undefined;
    readonly grid?: GridSpec | undefined;
    readonly threshold?: ThresholdSpec | undefined;
  };
  /** The diffusers scheduler that it came with: it is then sampled as diffusers does unless a run says otherwise. */
  readonly scheduler?: Readonly<Record<string, unknown>> | undefined;
  /** What it was trained on, as the options of `loadDataset`. */
  readonly trainedOn?: Readonly<Record<string, unknown>> | undefined;
}

const record = v.record(v.string(), v.unknown());
const text = v.pipe(v.string(), v.maxLength(200));
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 24));
const real = v.pipe(v.number(), v.finite());
const configured = v.strictObject({ name: text, settings: v.optional(record) });
const NAMED_UNITS = { symmetric: SYMMETRIC, unit: UNIT, "as-is": AS_IS } as const;

const SCHEMA = v.strictObject({
  shape: v.pipe(v.array(count), v.minLength(1), v.maxLength(4)),
  process: v.looseObject({ name: text }),
  prediction: v.picklist(["epsilon", "v", "sample", "score", "flow"]),
  scaling: v.optional(
    v.union([
      v.picklist(["vp", "none"]),
      v.strictObject({
        sigmaData: v.pipe(real, v.gtValue(0)),
        negative: v.optional(v.boolean()),
      }),
    ]),
    "vp",
  ),
  variance: v.optional(v.picklist(["learned", "learnedRange"])),
  units: v.pipe(
    v.union([
      v.picklist(Object.keys(NAMED_UNITS) as (keyof typeof NAMED_UNITS)[]),
      v.strictObject({
        name: text,
        a: v.pipe(v.array(real), v.minLength(1), v.maxLength(4096)),
        b: v.pipe(v.array(real), v.minLength(1), v.maxLength(4096)),
      }),
    ]),
    v.transform((units): Units => (typeof units === "string" ? NAMED_UNITS[units] : units)),
  ),
  classes: v.optional(
    v.strictObject({
      count,
      names: v.optional(v.pipe(v.array(text), v.maxLength(65_536))),
      none: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
      scale: v.optional(v.pipe(real, v.gtValue(0))),
    }),
  ),
  inputs: v.optional(
    v.strictObject({
      sample: v.optional(text),
      timestep: v.optional(text),
      classes: v.optional(text),
      output: v.optional(text),
    }),
  ),
  timestepShape: v.optional(v.picklist(["batch", "single", "scalar"])),
  defaults: v.optional(
    v.strictObject({
      solver: v.optional(configured),
      grid: v.optional(configured),
      threshold: v.optional(configured),
    }),
  ),
  scheduler: v.optional(record),
  trainedOn: v.optional(record),
});

/** The schema of {@link NetworkNotes}, from which its JSON schema is printed. */
export const NETWORK_NOTES_SCHEMA: v.GenericSchema<unknown, NetworkNotes> = SCHEMA as never;

/**
 * Reads notes that came from a file, a stranger's perhaps; every process, grid, solver and threshold in them is built once, so
 * that a wrong one is named at once.
 *
 * @throws RangeError naming the place, the key and the rule
 */
export function networkNotes(where: string, json: unknown): NetworkNotes {
  const read = v.safeParse(NETWORK_NOTES_SCHEMA, json);
  if (!read.success) {
    const [issue] = read.issues;
    const at = v.getDotPath(issue) ?? "the notes";
    throw invalid(where, `${at}: ${shortened(issue.message)}`, issue.input);
  }
  const notes = read.output;
  processOf(notes.process);
  defaultsOf(notes);
  return notes;
}

/** The defaults of notes as configured values. */
export function defaultsOf({
  defaults = {},
  scheduler,
}: Pick<NetworkNotes, "defaults" | "scheduler">): NetworkDefaults {
  const { solver, grid, threshold } = defaults;
  return {
    ...(scheduler && pipelineDefaults(scheduler)),
    ...(solver && { solver: solverOf(solver) }),
    ...(grid && { grid: gridOf(grid) }),
    ...(threshold && { threshold: thresholdOf(threshold) }),
  };
}
