import type { Data } from "@symbreak/core";
import { isDatasetName, loadDataset } from "@symbreak/datasets";
import type { DataConfig } from "@symbreak/trainer";

/**
 * The images that go with a run's training data and were not trained on: the test split, of the same classes and shape,
 * all of it. Undefined where the data are not of a published set's training split.
 */
export async function loadTestData(config: DataConfig): Promise<Data | undefined> {
  const {
    dataset,
    split = "train",
    scale: _,
    flip: __,
    perClass: ___,
    limit: ____,
    ...rest
  } = config;
  if (!isDatasetName(dataset) || split !== "train") return undefined;
  return loadDataset(dataset, { ...rest, split: "test" });
}
