import { createHash } from "node:crypto";
import { bytesOf, type Data } from "@symbreak/core";
import { listDatasets } from "@symbreak/datasets";
import { fromSchedulerConfig } from "@symbreak/networks";
import { noClassOf, parameterCount, type ResolvedConfig } from "@symbreak/trainer";
import type { LogEntry, StoredNetwork, VerifiedExport } from "@symbreak/trainer/node";
import type { ClassifierCard, DenoiserCard, TrainedOn } from "@symbreak/zoo";
import type { Evaluation } from "../../src/network/evaluate-classifier.ts";
import type { MomentsFile } from "./moments-file.ts";
import { thinLog, totalSeconds } from "./thin-log.ts";

/** Points of a card's loss curve. */
const POINTS = 32;

/** A finished run, and what it was made into. */
export interface CardParts {
  readonly name: string;
  readonly network: StoredNetwork & { readonly config: ResolvedConfig };
  readonly exported: VerifiedExport;
  readonly engine: string;
  readonly log: readonly LogEntry[];
  /** The training data. */
  readonly set: Data;
  /** Of a classifier's file. */
  readonly evaluation: Evaluation | undefined;
  /** Of a denoiser's training data. */
  readonly moments: MomentsFile | undefined;
}

/** All that a card says, from the run itself. */
export function buildCard({
  name,
  network,
  exported,
  log,
  ...parts
}: CardParts): DenoiserCard | ClassifierCard {
  const { model, scheduler, config } = network;
  const { objective, optimiser, steps, batch, seed, data } = config;
  const { onnx, verification } = exported;
  const { engine, set, evaluation, moments } = parts;
  const entry = listDatasets().find((known) => known.name === data.dataset);
  const card = {
    name,
    sha256: sha256(onnx),
    bytes: onnx.length,
    precision: "float16" as const,
    error: verification.error,
    parameters: parameterCount(model),
    shape: model.shape,
    units: data.scale,
    architecture: config.model,
    data: trainedOn(set),
    training: {
      commands: [
        `ssb train configs/${config.name}.ts`,
        `ssb export runs/${config.name} --fp16 --onnx ${name}.onnx`,
      ],
      objective: { ...objective },
      optimiser: { ...optimiser },
      flip: data.flip,
      steps,
      batch,
      images: steps * batch,
      seed,
      engine,
      seconds: Math.round(totalSeconds(log)),
      lossCurve: thinLog(log, POINTS),
    },
    licence: { weights: "MIT", data: entry?.licence ?? "unknown" },
  };
  if (objective.name === "classification")
    return {
      ...card,
      kind: "classifier",
      ...(evaluation && { evaluation: judged(evaluation) }),
    };
  if (scheduler === undefined) throw new Error(`${name} must say what noise it was trained for`);
  return {
    ...card,
    kind: "denoiser",
    process: fromSchedulerConfig(scheduler).process.spec,
    scheduler,
    ...classesOf(config, model.labels),
    ...(moments && { moments: moments.stored }),
  };
}

function classesOf(
  config: ResolvedConfig,
  labels: number | undefined,
): Pick<DenoiserCard, "classes"> {
  if (labels === undefined) return {};
  const none = noClassOf(config, { labels });
  return { classes: { count: none ?? labels, none: none ?? null } };
}

function trainedOn({
  name = "data",
  split,
  selection = [],
  count,
  values,
  labels,
  classNames,
}: Data): TrainedOn {
  return {
    dataset: name,
    split: split ?? "all",
    selection,
    n: count,
    sha256: {
      images: sha256(bytesOf("zoo", { values })),
      labels: sha256(labels ?? new Uint8Array(0)),
    },
    classes: classNames ?? [],
  };
}

/** The units stand beside the data already. */
function judged({
  scale: _,
  ...evaluation
}: Evaluation): NonNullable<ClassifierCard["evaluation"]> {
  return evaluation;
}

function sha256(bytes: Uint8Array | Uint16Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
