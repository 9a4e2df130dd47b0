import {
  alreadyIn,
  checkKeys,
  type Data,
  dataOf,
  invalid,
  type Multiply,
  takeSamples,
} from "@symbreak/core";
import { ddim, type Network, type Solver } from "@symbreak/samplers";
import { type Memorisation, memorisation } from "../memorisation/memorisation.ts";
import { checkSubject } from "./check-subject.ts";
import { beginWork, type ExperimentOptions, plainly } from "./experiment.ts";
import { keptSamples } from "./kept-samples.ts";
import { pick } from "./pick.ts";
import {
  type Configured,
  configured,
  type SubjectProtocol,
  storeOf,
  subjectProtocol,
} from "./protocol.ts";
import { storedLike } from "./stored-like.ts";

/** How many samples are held against the training data, and how they are made. */
export interface MemoriseEffort {
  /** Samples, and held-out samples at most. Default 1000. */
  readonly samples?: number | undefined;
  /** Default DDIM. */
  readonly solver?: Solver | undefined;
  /** Steps over the whole process: few late steps show fewer copies than the network has. Default 100. */
  readonly steps?: number | undefined;
  /** Real samples that were not trained on: what the criterion says of them is chance. */
  readonly heldOut?: Data | undefined;
  /** A copy has d1 < ratio · d2. Default 1/3 (Bonnaire et al. 2025). */
  readonly ratio?: number | undefined;
  readonly multiply?: Multiply | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
}

/** Whether a network copies its training data. Plain JSON. */
export interface MemoriseResult extends Memorisation {
  readonly kind: "memorise";
  readonly protocol: SubjectProtocol & {
    readonly solver: Configured;
    readonly grid: Configured;
    readonly steps: number;
    readonly nfe: number;
    readonly samples: number;
    readonly seed: number;
    readonly heldOut: { readonly name: string; readonly count: number } | null;
  };
}

/** A result, and the samples that it is about, stored as the data are. */
export interface Memorised {
  readonly result: MemoriseResult;
  readonly samples: Data;
}

const KEYS: readonly (keyof MemoriseEffort)[] = [
  "samples",
  "solver",
  "steps",
  "heldOut",
  "ratio",
  "multiply",
  "seed",
];

/**
 * Copies: samples of the whole process, each held against its nearest training samples, beside held-out samples as a control.
 *
 * @param data what the network was trained on
 * @throws RangeError for data of other units or another shape than the network's, and for unknown keys
 */
export async function memorise(
  network: Network,
  data: Data,
  effort: MemoriseEffort = {},
  options: ExperimentOptions = {},
): Promise<Memorised> {
  checkKeys("memorise", effort, KEYS);
  checkSubject("memorise", network, data);
  const { samples: count = 1000, solver = ddim(), steps = 100, seed = 0 } = effort;
  const { heldOut, ratio, multiply } = effort;
  if (!Number.isInteger(count) || count < 1)
    throw invalid("memorise", "samples must be a positive integer", count);
  const calls = solver.calls(steps) ?? steps;
  const work = beginWork(options);
  work.part("sampling the whole process");
  const subject = await subjectProtocol(network, data);
  const about = { ...subject, solver: configured(solver), steps, count, seed };
  const made = await keptSamples(
    {
      ...{ network, solver, steps, count, seed },
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    },
    { kind: "samples", ...about },
    {
      ...{ store: storeOf(subject, options), team: options.team, work, calls },
      stored: (samples) => storedLike(samples, data).values,
      expect: true,
    },
  );
  const stored = asData(made.values, data);
  work.part("nearest training samples");
  const held = heldOut && takeSamples(heldOut, pick(heldOut.count, count, seed));
  const found = await memorisation(stored, data, {
    ...(ratio === undefined ? {} : { ratio }),
    ...(held && { heldOut: held }),
    ...(multiply && { multiply }),
  });
  const percent = (100 * found.memorised.value).toFixed(1);
  work.found(
    `Of ${count} samples of the whole process ${percent} % are copies of training samples.`,
  );
  const result: MemoriseResult = {
    kind: "memorise",
    ...found,
    protocol: {
      ...about,
      ...{ samples: count, nfe: made.nfe, grid: made.grid },
      heldOut: held === undefined ? null : { name: heldOut?.name ?? "data", count: held.count },
    },
  };
  return { result: plainly(result), samples: stored };
}

function asData(values: Data["values"], { shape, units }: Data): Data {
  return dataOf(values, shape, values instanceof Uint8Array ? units : alreadyIn(units));
}
