import { AS_IS, invalid, type Moments, SYMMETRIC, UNIT, type Units } from "@symbreak/core";
import type { Network } from "@symbreak/samplers";
import { type LoadModel, loadModel, type Model, type ModelCard } from "@symbreak/zoo";
import { digestOf } from "./digest.ts";
import { type NetworkNotes, networkNotes } from "./network-notes.ts";
import { notesOfScheduler } from "./notes-of-scheduler.ts";
import { onnxNetwork } from "./onnx-network.ts";
import type { OnnxRuntime } from "./runtime.ts";

/** Before the name of a model of the zoo. */
export const ZOO = "zoo:";

const UNITS: Readonly<Record<string, Units>> = { symmetric: SYMMETRIC, unit: UNIT, "as-is": AS_IS };

/** How a model of the zoo is opened. */
export interface OpenZooOptions {
  /** onnxruntime, of your choice. */
  readonly runtime: OnnxRuntime;
  /** Options of the session, such as onnxruntime's execution providers. */
  readonly session?: object;
}

/**
 * A denoiser of the zoo as a network, with its moments.
 *
 * @param model its name; a page takes {@link openModel} and the model's own entry, and carries no other model's files
 * @throws RangeError for an unknown name, and for a model that is no denoiser
 */
export async function openZoo(
  model: string | LoadModel,
  options: OpenZooOptions,
): Promise<Network> {
  return openModel(typeof model === "string" ? () => loadModel(model) : model, options);
}

/**
 * {@link openZoo} for a model that is at hand.
 *
 * @example
 * import { load } from "@symbreak/zoo/mnist";
 * const network = await openModel(load, { runtime: ort });
 * @throws RangeError for a model that is no denoiser
 */
export async function openModel(model: LoadModel, options: OpenZooOptions): Promise<Network> {
  const { card, weights, moments }: Model = await model();
  const name = `${ZOO}${card.name}`;
  const notes = notesOfCard(name, card);
  const bytes = await weights();
  const found = await moments();
  const session = await options.runtime.InferenceSession.create(bytes, options.session);
  return onnxNetwork({
    name,
    digest: await digestOf(bytes),
    notes,
    session,
    runtime: options.runtime,
    moments: found && ({ ...found, units: notes.units } satisfies Moments),
  });
}

function notesOfCard(name: string, card: ModelCard): NetworkNotes {
  if (card.kind !== "denoiser")
    throw invalid(
      "openZoo",
      `${name} must be a denoiser, it is a model of another kind`,
      card.kind,
    );
  const { shape, data, scheduler, classes } = card;
  const units = UNITS[card.units];
  if (units === undefined)
    throw invalid("openZoo", `the units of ${name} must be known`, card.units);
  // The zoo's networks are sampled by the papers' solvers, without clipping.
  const { scheduler: _, ...notes } = notesOfScheduler(scheduler, {
    shape,
    units,
    ...(classes && {
      classes: {
        ...{ count: classes.count, names: data.classes },
        ...(classes.none !== null && { none: classes.none }),
      },
    }),
    trainedOn: { dataset: data.dataset, ...selectionOf(data.selection) },
  });
  return networkNotes(`the card of ${name}`, JSON.parse(JSON.stringify(notes)));
}

/** What was done to a set, from its words on the card, as the options of `loadDataset`. */
function selectionOf(selection: readonly string[]): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const words of selection) {
    const [, classes] = /^classes ([\d,]+)$/.exec(words) ?? [];
    const [, perClass] = /^first (\d+) per class$/.exec(words) ?? [];
    const [, limit] = /^first (\d+)$/.exec(words) ?? [];
    const [, pad] = /^pad (\d+)$/.exec(words) ?? [];
    if (classes) options.classes = classes.split(",").map(Number);
    else if (perClass) options.perClass = Number(perClass);
    else if (limit) options.limit = Number(limit);
    else if (pad) options.pad = Number(pad);
    else throw invalid("openZoo", "a selection must be one that loadDataset knows", words);
  }
  return options;
}
