import type { DataMoments, Judged } from "@symbreak/analysis";
import { classifications, moments, type QualityReference } from "@symbreak/analysis";
import type { Multiply, NoiseLevel } from "@symbreak/core";
import {
  describe,
  describeScale,
  type ImageSet,
  imageSize,
  type LoadOptions,
  loadDataset,
  type Scale,
  type ScaleName,
  type Shape,
  scaleOf,
} from "@symbreak/datasets";
import {
  type Denoiser,
  fromSchedulerConfig,
  onnxDenoiser,
  type Scheduler,
} from "@symbreak/samplers";
import { openInference } from "../engine/inference.ts";
import { matrixEngine } from "../engine/matrix-engine.ts";
import { pick, rows } from "../pick.ts";
import { loadNetwork } from "../sample/load-network.ts";
import { solverOnChain } from "../sample/solver-on-chain.ts";
import { type Extractor, openExtractor } from "./extractor.ts";

/** A network, its data, and what samples are held against. */
export interface Setting {
  readonly network: string;
  readonly runtime: string;
  readonly denoiser: Denoiser;
  /** Lays the grids: ⌊linspace(0, s, n)⌋ down to clean data. */
  readonly levels: Scheduler["levels"];
  /** The training levels, noisiest first. */
  readonly table: readonly NoiseLevel[];
  readonly set: ImageSet;
  readonly scale: Scale;
  readonly moments: DataMoments;
  readonly extractor: Extractor;
  readonly reference: QualityReference;
  /** Images that were not trained on, as a perfect generator would draw them; absent without a test split. */
  readonly unseen?: { readonly set: ImageSet; readonly judged: Judged };
}

/** What to open. */
export interface SettingRequest {
  readonly network: string;
  readonly dataset: string;
  readonly options: LoadOptions;
  readonly scale: ScaleName;
  readonly extractor: string;
  /** Images that distances are measured from. */
  readonly real: number;
}

/** Most images of the test split that are looked at. */
const UNSEEN = 10_000;

/** Loads the network and the data, and makes the features of real images. */
export async function openSetting(request: SettingRequest): Promise<Setting> {
  const network = await loadNetwork(request.network);
  const { session, Tensor, runtime } = await openInference(network.onnx);
  const shape = network.shape as Shape;
  const set = await loadDataset(request.dataset, request.options);
  if (set.shape.join() !== shape.join())
    throw new Error(
      `${describe(set)} does not fit the network's ${shape.join("×")}; see --resize, --pad`,
    );
  const scale = scaleOf(set, request.scale);
  const scheduler = fromSchedulerConfig(solverOnChain(network.scheduler, "ddim"));
  const trained = Number(scheduler.config.num_train_timesteps ?? 1000);
  const found = await moments({ values: set.images, size: imageSize(set), scale });
  const extractor = await openExtractor(request.extractor, { set, scale, moments: found });
  const { multiply } = await matrixEngine();
  const unseen = await unseenImages(request, extractor);
  return {
    network: request.network,
    runtime,
    denoiser: scheduler.denoiserOf(onnxDenoiser(session, { Tensor, shape })),
    levels: scheduler.levels,
    table: scheduler.levels(trained).slice(0, -1),
    set,
    scale,
    moments: found,
    extractor,
    reference: await referenceOf(set, request.real, extractor, multiply),
    ...(unseen && { unseen }),
  };
}

async function referenceOf(
  set: ImageSet,
  count: number,
  extractor: Extractor,
  multiply: Multiply,
): Promise<QualityReference> {
  const images = rows(set.images, imageSize(set), pick(set.count, count));
  const { features, logits } = await extractor.judge(images);
  // The classifier's own names of the real images, so that its slips count on both sides.
  const even = extractor.classes.map(() => 1);
  const classes = logits && classifications(logits, even).histogram;
  return { extractor: extractor.name, features, multiply, ...(classes && { classes }) };
}

async function unseenImages(
  { dataset, options }: SettingRequest,
  extractor: Extractor,
): Promise<Setting["unseen"]> {
  let set: ImageSet;
  try {
    set = await loadDataset(dataset, { ...options, split: "test" });
  } catch {
    // A folder without a test split: nothing to hold the network against but its training images.
    return undefined;
  }
  const images = rows(set.images, imageSize(set), pick(set.count, UNSEEN));
  return { set, judged: await extractor.judge(images) };
}

/** What the numbers were made with, in words. */
export function describeSetting(setting: Setting): Record<string, string> {
  const { network, runtime, set, scale, extractor, reference, unseen } = setting;
  const { values, size } = reference.features;
  return {
    network: `${network}, on ${runtime}`,
    data: describe(set),
    scale: describeScale(scale),
    features: extractor.description,
    reference: `${values.length / size} of these images`,
    unseen: unseen ? describe(unseen.set) : "no test split",
  };
}
