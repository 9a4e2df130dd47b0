import { moments } from "@symbreak/analysis";
import type { Moments } from "@symbreak/core";
import type { ResolvedConfig, TrainingData } from "@symbreak/trainer";

/** The moments of the training data for a network that adds to the best linear prediction; nothing for others. */
export async function skipMoments(
  { className }: ResolvedConfig["model"],
  { values, shape, scale }: TrainingData,
): Promise<Moments | undefined> {
  if (className !== "GaussianSkip") return undefined;
  const size = shape.reduce((a, b) => a * b, 1);
  return moments({ values, size, ...(scale && { scale }) });
}
