import { moments } from "@symbreak/analysis";
import {
  type Beginning,
  onnxWeights,
  type ResolvedConfig,
  type TrainingData,
} from "@symbreak/trainer";
import { readNetwork } from "../network/read-network.ts";

/**
 * What a run begins with: the weights of the network that its config names, and, for a network that adds to the best
 * linear prediction, the moments of the training data. Undefined where it begins at random.
 */
export async function beginningOf(
  { begin, model: { className } }: ResolvedConfig,
  { values, shape, scale }: TrainingData,
): Promise<Beginning | undefined> {
  const weights = begin === undefined ? undefined : onnxWeights((await readNetwork(begin)).onnx);
  // A network that had them before has them among its weights.
  const isNew = className === "GaussianSkip" && weights?.["gaussian.mean"] === undefined;
  const size = shape.reduce((a, b) => a * b, 1);
  const found = isNew ? await moments({ values, size, ...(scale && { scale }) }) : undefined;
  if (weights === undefined && found === undefined) return undefined;
  return { ...(weights && { weights }), ...(found && { moments: found }) };
}
