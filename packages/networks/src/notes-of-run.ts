import { AS_IS, type Prediction, SYMMETRIC, UNIT, type Units } from "@symbreak/core";
import { noClassOf, partsOf, type ResolvedConfig, type Weights } from "@symbreak/trainer";
import type { NetworkNotes } from "./network-notes.ts";

/** Units that need no statistics of the data. */
const UNITS: Readonly<Record<string, Units>> = { symmetric: SYMMETRIC, unit: UNIT, "as-is": AS_IS };

/**
 * The notes of a network that `ssb train` made, from the config of its run and its weights (a learned noise schedule is among
 * them). `units` must be given where the run's are statistics of its data; undefined for a classifier.
 */
export function notesOfRun(
  config: ResolvedConfig,
  weights: Weights,
  units: Units | undefined = UNITS[config.data.scale],
): NetworkNotes | undefined {
  const { model, ...parts } = partsOf(config, {});
  const process = parts.process?.(weights);
  const prediction: Prediction | undefined = parts.objective.prediction;
  if (process === undefined || prediction === undefined) return undefined;
  if (units === undefined)
    throw new RangeError(
      `notesOfRun: units must be given for a run in ${config.data.scale} units, which are its data's`,
    );
  const none = noClassOf(config, model);
  const { labels } = model;
  const { scale: _, flip: __, ...trainedOn } = config.data;
  const learned = model.outputShape[0] === 2 * model.shape[0]!;
  return {
    shape: model.shape,
    process: process.spec,
    prediction,
    scaling: parts.scaling ?? "vp",
    ...(learned && { variance: "learnedRange" as const }),
    units,
    ...(labels !== undefined && {
      classes: { count: none ?? labels, ...(none !== undefined && { none }) },
    }),
    trainedOn,
  };
}
