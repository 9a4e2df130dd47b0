import { moments } from "@symbreak/analysis";
import type { Data } from "@symbreak/core";
import {
  type Beginning,
  needsLateTimes,
  onnxWeights,
  type ResolvedConfig,
  withLateTimes,
} from "@symbreak/trainer";
import { readNetwork } from "../network/read-network.ts";
import { loadTrainingData } from "./load-training-data.ts";

/**
 * What a run begins with: the weights of the network that its config names, and, for a network that adds to the best
 * linear prediction, the moments of the training data. Undefined where it begins at random.
 */
export async function beginningOf(
  { begin, model: { className } }: ResolvedConfig,
  data: Data,
): Promise<Beginning | undefined> {
  const weights = begin === undefined ? undefined : onnxWeights((await readNetwork(begin)).onnx);
  // A network that had them before has them among its weights.
  const isNew = className === "GaussianSkip" && weights?.["gaussian.mean"] === undefined;
  const found = isNew ? await moments(data) : undefined;
  if (weights === undefined && found === undefined) return undefined;
  return { ...(weights && { weights }), ...(found && { moments: found }) };
}

/** The config with what its training data decide worked out: where a run below the late start ends. */
export async function settled(config: ResolvedConfig): Promise<ResolvedConfig> {
  if (!needsLateTimes(config)) return config;
  const { data } = await loadTrainingData(config.data);
  return withLateTimes(config, await moments(data));
}
