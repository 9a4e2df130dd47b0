import { stat } from "node:fs/promises";
import { DatasetError } from "../dataset-error.ts";
import { isDatasetName } from "../sets/datasets.ts";
import { type LoadedData, loadDataset } from "./load-dataset.ts";
import type { LoadOptions } from "./load-options.ts";

/**
 * One split of a set as {@link loadDataset} reads it; undefined when the set has no such split.
 *
 * @throws DatasetError when it has one, and it is damaged
 */
export async function loadSplit(
  nameOrPath: string,
  split: string,
  options: Omit<LoadOptions, "split"> = {},
): Promise<LoadedData | undefined> {
  const isFile = !isDatasetName(nameOrPath) && (await stat(nameOrPath)).isFile();
  if (isFile && !/\.npz$/i.test(nameOrPath)) return undefined;
  try {
    return await loadDataset(nameOrPath, { ...options, split });
  } catch (error) {
    if (error instanceof DatasetError && error.noSplit) return undefined;
    throw error;
  }
}
