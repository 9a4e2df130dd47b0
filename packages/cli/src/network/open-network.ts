import { type Data, type NoiseLevel, type UnitsName, withUnits } from "@symbreak/core";
import { describe, type LoadOptions, loadDataset, loadSplit } from "@symbreak/datasets";
import { sha256 } from "@symbreak/files";
import { fromSchedulerConfig, type Scheduler } from "@symbreak/networks";
import { type Denoiser, type Network, onnxDenoiser } from "@symbreak/samplers";
import { openInference } from "../engine/inference.ts";
import { loadNetwork } from "../sample/load-network.ts";
import { solverOnChain } from "../sample/solver-on-chain.ts";
import { chainOf } from "./chain-of.ts";
import { gridOfConfig } from "./grid-of-config.ts";

/** A network on a runtime, with the images that it was trained on. */
export interface NetworkSetting {
  /** What to call it. */
  readonly name: string;
  readonly runtime: string;
  readonly denoiser: Denoiser;
  /** The same as a value, for experiments. */
  readonly subject: Network;
  /** Lays the grids: ⌊linspace(0, s, n)⌋ down to clean data. */
  readonly levels: Scheduler["levels"];
  /** The training levels, noisiest first. */
  readonly table: readonly NoiseLevel[];
  /** Its images, in the units of the network. */
  readonly set: Data;
  /** The test split of the same selection; absent for a folder without one. */
  readonly unseen?: Data;
}

/** What to open. */
export interface NetworkRequest {
  /** A run, a diffusers directory, an exported file, or `zoo:<name>`. */
  readonly network: string;
  readonly dataset: string;
  readonly options: LoadOptions;
  readonly scale: UnitsName;
}

/** Loads a network and its data, which must be of one shape. */
export async function openNetwork(request: NetworkRequest): Promise<NetworkSetting> {
  const { dataset, options } = request;
  const { name, onnx, scheduler: config, shape } = await loadNetwork(request.network);
  const set = withUnits(await loadDataset(dataset, options), request.scale);
  if (set.shape.join() !== shape.join())
    throw new Error(
      `${describe(set)} does not fit the network's ${shape.join("×")}; see --resize, --pad`,
    );
  const { session, Tensor, runtime } = await openInference(onnx);
  const scheduler = fromSchedulerConfig(solverOnChain(config, "ddim"));
  const trained = Number(scheduler.config.num_train_timesteps ?? 1000);
  const unseen = await unseenSet(dataset, options);
  const denoiser = scheduler.denoiserOf(onnxDenoiser(session, { Tensor, shape }));
  const table = scheduler.levels(trained).slice(0, -1);
  return {
    name,
    runtime,
    denoiser,
    subject: {
      ...{ name: request.network, digest: sha256(onnx), denoiser },
      process: chainOf(table),
      units: set.units,
      defaults: { grid: gridOfConfig(config) },
    },
    levels: scheduler.levels,
    table,
    set,
    ...(unseen && { unseen: withUnits(unseen, set.units) }),
  };
}

async function unseenSet(dataset: string, options: LoadOptions): Promise<Data | undefined> {
  if (options.split === "test") return undefined;
  const { perClass: _, limit: __, split: ___, ...selection } = options;
  return loadSplit(dataset, "test", selection);
}
