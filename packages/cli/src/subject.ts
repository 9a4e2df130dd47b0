import { type DataMoments, dataMoments, type Extractor, withoutClass } from "@symbreak/analysis";
import { type Data, type Grid, isChain, leading, linspaced, trailing } from "@symbreak/core";
import { describe, type LoadedData } from "@symbreak/datasets";
import type { Network } from "@symbreak/samplers";
import { openExtractor } from "./compare/extractor.ts";
import { heldOutOf } from "./held-out.ts";
import { type Asked, chosenData, dataOf, openAsked } from "./networks.ts";

/** A network and its data, as experiments take them. */
export interface Subject {
  /** Sampled by the papers' solvers, without clipping, on its makers' spacing. */
  readonly network: Network;
  /** "onnxruntime-node 1.30.0", or onnxruntime-web with the reason for it. */
  readonly runtime: string;
  /** What it was trained on, in its units. */
  readonly data: LoadedData;
  /** The test split of the same selection; undefined where there is none. */
  readonly heldOut: Data | undefined;
  /** The name or the path of the data. */
  readonly dataset: string;
}

/** Opens a network and loads its data, which must be of one shape. */
export async function openSubject(asked: Asked): Promise<Subject> {
  const { network: opened, runtime } = await openAsked(asked);
  const { dataset, options } = chosenData(asked.network, opened.trainedOn, asked);
  const data = await dataOf(opened, asked);
  const grid = plainGrid(opened);
  return {
    network: { ...opened, name: asked.network, defaults: { ...(grid && { grid }) } },
    runtime: runtime.name,
    data,
    heldOut: await heldOutOf(dataset, options, data),
    dataset,
  };
}

/** What samples of a network are held against. */
export interface Judged {
  readonly moments: DataMoments;
  readonly extractor: Extractor;
}

/** Opens the extractor of a name: by default the zoo's classifier of the data set, else what sees any images. */
export async function openJudged(
  { data, dataset }: Subject,
  name: string | undefined,
): Promise<Judged> {
  const moments = await dataMoments(data);
  const extractor = await openExtractor(name ?? defaultExtractor(dataset), { set: data, moments });
  return { moments, extractor };
}

/** What the numbers were made with, in words. */
export function describeSubject({
  network,
  runtime,
  data,
  heldOut,
}: Subject): Readonly<Record<string, string>> {
  return {
    network: `${network.name}, on ${runtime}`,
    ...(network.classes && { asked: withoutClass(network.classes.count) }),
    data: describe(data),
    unseen: heldOut ? describe(heldOut) : "no test split",
  };
}

/** Sets that the zoo has a classifier of. */
const KNOWN: readonly string[] = ["mnist", "fashion-mnist", "cifar10"];

/** What tells where clones end: the zoo's classifier of a set where it has one, else the nearest image. */
export function defaultClassifier(dataset: string): string {
  return KNOWN.includes(dataset) ? `zoo:${dataset}-classifier` : "nearest";
}

/** What makes features of images: the zoo's classifier of a set where it has one, else EfficientNet-Lite0, which sees any. */
function defaultExtractor(dataset: string): string {
  return KNOWN.includes(dataset) ? `zoo:${dataset}-classifier` : "lite0";
}

/** The spacing that a pipeline's scheduler says, of a chain, without diffusers' departures from it; else the network's own. */
function plainGrid({ defaults, process }: Network): Grid | undefined {
  const grid = defaults?.grid;
  const config = grid?.settings.scheduler as Readonly<Record<string, unknown>> | undefined;
  if (config === undefined || !isChain(process)) return config === undefined ? grid : undefined;
  if (config.timestep_spacing === "trailing") return trailing();
  if (config.timestep_spacing === "linspace") return linspaced();
  const offset = Number(config.steps_offset ?? 0);
  return leading(offset === 0 ? {} : { offset });
}
