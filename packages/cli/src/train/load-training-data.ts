import { type Data, describeUnits, withUnits } from "@symbreak/core";
import { describe, loadDataset } from "@symbreak/datasets";
import type { DataConfig } from "@symbreak/trainer";

/** Loads what a config names; bytes stay bytes, and their units go along. */
export async function loadTrainingData({
  dataset,
  scale,
  flip: _,
  ...options
}: DataConfig): Promise<{ readonly data: Data; readonly description: string }> {
  const data = withUnits(await loadDataset(dataset, options), scale);
  return { data, description: `${describe(data)}, ${describeUnits(data.units)}` };
}
