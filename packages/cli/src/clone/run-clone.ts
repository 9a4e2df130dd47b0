import {
  describe,
  type ImageSet,
  type LoadOptions,
  loadDataset,
  type ScaleName,
  type Shape,
  scaleOf,
} from "@symbreak/datasets";
import { fromSchedulerConfig, onnxDenoiser } from "@symbreak/samplers";
import { openInference } from "../engine/inference.ts";
import { loadNetwork } from "../sample/load-network.ts";
import { solverOnChain } from "../sample/solver-on-chain.ts";
import { progress } from "../terminal/progress.ts";
import { type CloneNetworkRequest, type CloneSetting, cloneNetwork } from "./clone-network.ts";
import { writeClone } from "./write-clone.ts";

/** What `ssb clone <network>` was asked. */
export interface CloneRequest extends Omit<CloneNetworkRequest, "pictured" | "onProgress"> {
  readonly options: LoadOptions;
  readonly scale: ScaleName;
  readonly json: boolean;
  readonly out: string | undefined;
}

/** Loads, clones, prints and writes. */
export async function runClone(request: CloneRequest): Promise<void> {
  const { json, out } = request;
  const bar = progress({ "loading network and data": 5, cloning: 95 });
  bar.phase("loading network and data");
  const { name, ...setting } = await openCloneSetting(request);
  bar.phase("cloning");
  const pictured = !json || out !== undefined;
  const clones = await cloneNetwork(setting, {
    ...{ ...request, network: name, pictured },
    onProgress: bar.at,
  });
  bar.end();
  await writeClone(clones, { json, out, directory: `runs/clone-${name}` });
}

async function openCloneSetting({
  network: path,
  dataset,
  options,
  scale,
}: CloneRequest): Promise<CloneSetting & { readonly name: string }> {
  const network = await loadNetwork(path);
  const shape = network.shape as Shape;
  const set = await loadDataset(dataset, options);
  if (set.shape.join() !== shape.join())
    throw new Error(
      `${describe(set)} does not fit the network's ${shape.join("×")}; see --resize, --pad`,
    );
  const { session, Tensor, runtime } = await openInference(network.onnx);
  const scheduler = fromSchedulerConfig(solverOnChain(network.scheduler, "ddim"));
  const trained = Number(scheduler.config.num_train_timesteps ?? 1000);
  const unseen = await unseenSet(dataset, options);
  return {
    name: network.name,
    runtime,
    denoiser: scheduler.denoiserOf(onnxDenoiser(session, { Tensor, shape })),
    levels: scheduler.levels,
    table: scheduler.levels(trained).slice(0, -1),
    set,
    scale: scaleOf(set, scale),
    ...(unseen && { unseen: { set: unseen } }),
  };
}

/** The test split of the same selection; none for a folder without one. */
async function unseenSet(dataset: string, options: LoadOptions): Promise<ImageSet | undefined> {
  if (options.split === "test") return undefined;
  const { perClass: _, limit: __, ...selection } = options;
  return loadDataset(dataset, { ...selection, split: "test" }).catch(() => undefined);
}
