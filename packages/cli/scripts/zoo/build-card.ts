import { createHash } from "node:crypto";
import { type ImageSet, listDatasets } from "@symbreak/datasets";
import { parameterCount, type ResolvedConfig } from "@symbreak/trainer";
import type { LogEntry, StoredNetwork, VerifiedExport } from "@symbreak/trainer/node";
import type { ModelCard, TrainedOn } from "@symbreak/zoo";
import type { Evaluation } from "../../src/network/evaluate-classifier.ts";
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
  readonly set: ImageSet;
  /** Of a classifier's file. */
  readonly evaluation: Evaluation | undefined;
}

/** All that a card says, from the run itself. */
export function buildCard({ name, network, exported, log, ...parts }: CardParts): ModelCard {
  const { model, scheduler, config } = network;
  const { objective, optimiser, steps, batch, seed, data } = config;
  const { onnx, verification } = exported;
  const { engine, set, evaluation } = parts;
  const entry = listDatasets().find((known) => known.name === data.dataset);
  return {
    name,
    kind: objective.name === "classification" ? "classifier" : "denoiser",
    sha256: sha256(onnx),
    bytes: onnx.length,
    precision: "float16",
    error: verification.error,
    parameters: parameterCount(model),
    shape: model.shape,
    architecture: config.model,
    ...(scheduler && { scheduler }),
    data: trainedOn(set, data.scale),
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
    ...(evaluation && { evaluation: judged(evaluation) }),
    licence: { weights: "MIT", data: entry?.licence ?? "unknown" },
  };
}

function trainedOn(
  { name, split, selection, count, images, labels, classNames }: ImageSet,
  scale: string,
): TrainedOn {
  return {
    dataset: name,
    split: split ?? "all",
    selection,
    n: count,
    sha256: { images: sha256(images), labels: sha256(labels ?? new Uint8Array(0)) },
    scale,
    classes: classNames ?? [],
  };
}

/** The units stand beside the data already. */
function judged({ scale: _, ...evaluation }: Evaluation): NonNullable<ModelCard["evaluation"]> {
  return evaluation;
}

function sha256(bytes: Uint8Array | Uint16Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
