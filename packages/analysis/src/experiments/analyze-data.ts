import {
  checkKeys,
  type Data,
  type DiscreteSchedule,
  inUnits,
  type Multiply,
  takeSamples,
} from "@symbreak/core";
import type { Denoiser } from "@symbreak/samplers";
import { type ClassDecisions, classDecisions } from "../classes/class-decisions.ts";
import type { Labelled } from "../classes/labelled.ts";
import type { DataMoments } from "../moments/moments.ts";
import { type DataAnalysis, dataAnalysis, spectrumFinding } from "./data-analysis.ts";
import { dataMoments } from "./data-moments.ts";
import { beginWork, type ExperimentOptions, plainly } from "./experiment.ts";
import { pick } from "./pick.ts";
import { type RecommendedStart, recommendedStarts } from "./recommended-starts.ts";

/** How much is looked at. */
export interface AnalyzeEffort {
  readonly moments?: DataMoments | undefined;
  /** Makes the exact score of some of the data, for the starts; without it none are recommended. */
  readonly exactScore?: ((samples: Float32Array, shape: readonly number[]) => Denoiser) | undefined;
  /** Labelled samples that are none of the data, for the times at which classes part; default some of the data. */
  readonly heldOut?: Data | undefined;
  /** Samples of the exact posterior of the classes; 0 for none. Default 10,000. */
  readonly posterior?: number | undefined;
  /** Sets of classes that count as one: a partition whose time is told beside the pairs' and the tree's. */
  readonly partition?: readonly (readonly number[])[] | undefined;
  readonly chain?: DiscreteSchedule | undefined;
  readonly multiply?: Multiply | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
}

/** What a data set decides and when, before any network is trained. Plain JSON. */
export interface AnalyzeResult extends DataAnalysis {
  readonly kind: "analyze";
  /** When the classes part, by pair; null of data without two classes, where nobody asked, and where a warning says why not. */
  readonly classes: ClassDecisions | null;
  readonly recommendedStarts: readonly RecommendedStart[];
  readonly warnings: readonly string[];
}

const KEYS: readonly (keyof AnalyzeEffort)[] = [
  "moments",
  "exactScore",
  "heldOut",
  "posterior",
  "partition",
  "chain",
  "multiply",
  "seed",
];

/** Samples that make up the exact score of the starts; it needs no more to tell a Gaussian from the data. */
const SCORED = 2000;

/** Held-out samples that classes are told apart on. */
const HELD = 600;

/** Pairs grow as the square of the classes, and nobody reads a thousand of them. */
const MOST_CLASSES = 32;

/** Pairs of equal means that a warning names. */
const LISTED = 3;

/** Samples of each class, both in the posterior and held out: with one there is no spread. */
const LEAST = 2;

/** Spectrum, times, classes by pair and starts of a data set, without a network. */
export async function analyzeData(
  data: Data,
  effort: AnalyzeEffort = {},
  options: ExperimentOptions = {},
): Promise<AnalyzeResult> {
  checkKeys("analyzeData", effort, KEYS);
  const { exactScore, heldOut, posterior = 10_000, partition } = effort;
  const { chain, multiply, seed = 0 } = effort;
  const work = beginWork(options, exactScore === undefined ? 2 : 3);
  work.part("the covariance and its spectrum");
  const moments = effort.moments ?? (await dataMoments(data));
  const analysis = dataAnalysis(data, moments);
  work.found(spectrumFinding(analysis));
  work.did(1);
  work.part("when the classes part");
  const about = { posterior, partition, seed, chain, multiply };
  const { classes, untold } =
    posterior > 0 ? await classesOf(data, heldOut, about) : { classes: null, untold: [] };
  work.did(1);
  if (exactScore !== undefined) work.part("where to start");
  const some = takeSamples(data, pick(data.count, SCORED));
  const starts =
    exactScore === undefined
      ? []
      : await recommendedStarts(
          exactScore(inUnits(some), data.shape),
          some,
          moments,
          work.share(1),
        );
  return plainly({
    kind: "analyze" as const,
    ...analysis,
    classes,
    recommendedStarts: starts,
    warnings: [...dataWarnings(analysis, classes), ...untold],
  });
}

async function classesOf(
  data: Data,
  heldOut: Data | undefined,
  {
    posterior,
    partition,
    seed,
    chain,
    multiply,
  }: Pick<AnalyzeEffort, "partition" | "chain" | "multiply"> & {
    readonly posterior: number;
    readonly seed: number;
  },
): Promise<{ classes: ClassDecisions | null; untold: string[] }> {
  const kinds = isLabelled(data) ? new Set(data.labels).size : 0;
  if (!isLabelled(data) || kinds < 2) return { classes: null, untold: [] };
  if (kinds > MOST_CLASSES)
    return untold(`there are ${kinds}, and pairs are shown of ${MOST_CLASSES} at most`);
  // Held-out samples of the data themselves are left out of the posterior.
  const others = heldOut !== undefined && isLabelled(heldOut) ? heldOut : undefined;
  const own = others === undefined ? pick(data.count, Math.min(HELD, data.count >> 2), seed) : [];
  const gone = new Set(own);
  const left = Array.from({ length: data.count }, (_, i) => i).filter((i) => !gone.has(i));
  const chosen = pick(left.length, posterior, seed).map((i) => left[i]!);
  const training = takeSamples(data, chosen) as Labelled;
  const held = (
    others === undefined
      ? takeSamples(data, own)
      : takeSamples(others, pick(others.count, HELD, seed))
  ) as Labelled;
  const scarce = scarceClass(training, held);
  if (scarce !== undefined)
    return untold(
      `class ${scarce} has fewer than ${LEAST} samples among the ${training.count} of the posterior or the ${held.count} held out`,
    );
  const classes = await classDecisions({
    ...{ training, heldOut: held, seed },
    ...(partition && { partition }),
    ...(chain && { schedule: chain }),
    ...(multiply && { multiply }),
  });
  return { classes, untold: [] };
}

function untold(why: string): { classes: null; untold: string[] } {
  return { classes: null, untold: [`When the classes part is not shown: ${why}.`] };
}

/** The first class that one of the two sets has too few samples of. */
function scarceClass(training: Labelled, held: Labelled): number | undefined {
  const counts = [training, held].map(({ labels }) => {
    const count = new Map<number, number>();
    for (const label of labels) count.set(label, (count.get(label) ?? 0) + 1);
    return count;
  });
  const kinds = new Set(counts.flatMap((count) => [...count.keys()]));
  return [...kinds]
    .sort((a, b) => a - b)
    .find((label) => counts.some((count) => (count.get(label) ?? 0) < LEAST));
}

function isLabelled(data: Data): data is Labelled {
  return data.labels !== undefined;
}

/** What a reader of these times must know: few samples, a collapse before anything is decided, modes that are not the classes. */
export function dataWarnings(
  { n, d, spectrum, speciation, collapse }: DataAnalysis,
  classes: Pick<ClassDecisions, "topModeBetween" | "pairs" | "named"> | null,
): string[] {
  const warnings: string[] = [];
  if (n < d)
    warnings.push(
      `${n} samples of ${d} numbers: the covariance has at most ${n - 1} modes, and the largest are overestimated.`,
    );
  const [decides, collapses] = [speciation.ouTime, collapse.spectrum.ouTime];
  if (decides !== null && collapses >= decides)
    warnings.push(
      `The exact score of these ${n} samples collapses on single ones at t_C = ${collapses.toFixed(3)}, before anything is decided at t_S = ${decides.toFixed(3)}: with so few samples there are no classes to speak of.`,
    );
  if (decides === null)
    warnings.push(
      `Λ = ${spectrum.lambda.toPrecision(4)} is not above 1: in these units no mode rises above the noise, and there is no t_S.`,
    );
  if (classes !== null && classes.topModeBetween < 0.5)
    warnings.push(
      `Only ${(100 * classes.topModeBetween).toFixed(0)} % of the top mode lies between the classes: t_S is the time of that mode, not of the classes, which part later.`,
    );
  const equal = classes?.pairs.filter(({ equalMeans }) => equalMeans) ?? [];
  const nameOf = (label: number) => classes?.named.find((one) => one.label === label)?.name;
  if (equal.length > 0)
    warnings.push(
      `The means of ${equal
        .slice(0, LISTED)
        .map(({ a, b }) => `${nameOf(a)} and ${nameOf(b)}`)
        .join(
          ", ",
        )}${equal.length > LISTED ? ` and ${equal.length - LISTED} more pairs` : ""} cannot be told apart: such classes part by their covariances, if at all, and Λ says nothing about them.`,
    );
  return warnings;
}
