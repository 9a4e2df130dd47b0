import { describe, describeScale, loadDataset, type Scale, scaleOf } from "@symbreak/datasets";
import type { DataConfig, TrainingData } from "@symbreak/trainer";

/** Loads what a config names; bytes stay bytes, and the scale goes along. */
export async function loadTrainingData({
  dataset,
  scale: scaleName,
  flip: _,
  ...options
}: DataConfig): Promise<{
  readonly data: TrainingData;
  readonly scale: Scale;
  readonly description: string;
}> {
  const set = await loadDataset(dataset, options);
  const scale = scaleOf(set, scaleName);
  const { images: values, shape, labels } = set;
  const description = `${describe(set)}, ${describeScale(scale)}`;
  return { data: { values, shape, scale, ...(labels && { labels }) }, scale, description };
}
