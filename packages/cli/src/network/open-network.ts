import type { NoiseLevel } from "@symbreak/core";
import {
  describe,
  type ImageSet,
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
import { loadNetwork } from "../sample/load-network.ts";
import { solverOnChain } from "../sample/solver-on-chain.ts";

/** A network on a runtime, with the images that it was trained on. */
export interface NetworkSetting {
  /** What to call it. */
  readonly name: string;
  readonly runtime: string;
  readonly denoiser: Denoiser;
  /** Lays the grids: ⌊linspace(0, s, n)⌋ down to clean data. */
  readonly levels: Scheduler["levels"];
  /** The training levels, noisiest first. */
  readonly table: readonly NoiseLevel[];
  readonly set: ImageSet;
  readonly scale: Scale;
  /** The test split of the same selection; absent for a folder without one. */
  readonly unseen?: ImageSet;
}

/** What to open. */
export interface NetworkRequest {
  /** A run, a diffusers directory, an exported file, or `zoo:<name>`. */
  readonly network: string;
  readonly dataset: string;
  readonly options: LoadOptions;
  readonly scale: ScaleName;
}

/** Loads a network and its data, which must be of one shape. */
export async function openNetwork(request: NetworkRequest): Promise<NetworkSetting> {
  const { dataset, options } = request;
  const { name, onnx, scheduler: config, shape } = await loadNetwork(request.network);
  const set = await loadDataset(dataset, options);
  if (set.shape.join() !== shape.join())
    throw new Error(
      `${describe(set)} does not fit the network's ${shape.join("×")}; see --resize, --pad`,
    );
  const { session, Tensor, runtime } = await openInference(onnx);
  const scheduler = fromSchedulerConfig(solverOnChain(config, "ddim"));
  const trained = Number(scheduler.config.num_train_timesteps ?? 1000);
  const unseen = await unseenSet(dataset, options);
  return {
    name,
    runtime,
    denoiser: scheduler.denoiserOf(onnxDenoiser(session, { Tensor, shape: shape as Shape })),
    levels: scheduler.levels,
    table: scheduler.levels(trained).slice(0, -1),
    set,
    scale: scaleOf(set, request.scale),
    ...(unseen && { unseen }),
  };
}

async function unseenSet(dataset: string, options: LoadOptions): Promise<ImageSet | undefined> {
  if (options.split === "test") return undefined;
  const { perClass: _, limit: __, ...selection } = options;
  return loadDataset(dataset, { ...selection, split: "test" }).catch(() => undefined);
}
