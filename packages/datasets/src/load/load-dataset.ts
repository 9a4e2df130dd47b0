import { stat } from "node:fs/promises";
import type { Data } from "@symbreak/core";
import { DatasetError } from "../dataset-error.ts";
import { DATASETS, isDatasetName } from "../sets/datasets.ts";
import { loadDirectory } from "./load-directory.ts";
import { loadFile } from "./load-file.ts";
import { applyOptions, type LoadOptions, refuse } from "./load-options.ts";

/**
 * Loads a published set by name ("mnist", "fashion-mnist", "cifar10"), or whatever a path holds: idx (gzipped or
 * not), .npy, .npz, .parquet, or a folder of idx files, CIFAR-10 batches, Parquet shards, or PNG and JPEG images.
 *
 * Then it selects, resizes, takes a channel and pads, in that order.
 *
 * @throws DatasetError for data that is missing, unknown or damaged
 * @throws RangeError for an option that does not fit the data
 * @example await loadDataset("mnist", { classes: [1, 8], perClass: 5000, pad: 32 })
 */
export async function loadDataset(nameOrPath: string, options: LoadOptions = {}): Promise<Data> {
  if (isDatasetName(nameOrPath)) {
    refuse(options, ["range", "layout"], nameOrPath);
    const { split = "train", directory } = options;
    const where = directory === undefined ? {} : { directory };
    const set = await DATASETS[nameOrPath].load({ split: split as "train", ...where });
    return applyOptions(set, options, false);
  }
  refuse(options, ["directory"], "a path");
  const isDirectory = await kindOf(nameOrPath);
  const { set, selected } = await (isDirectory ? loadDirectory : loadFile)(nameOrPath, options);
  return applyOptions(set, options, selected);
}

async function kindOf(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    const names = Object.keys(DATASETS).join(", ");
    const expected = `a data set's name (${names}) or the path of a file or folder`;
    throw new DatasetError({ file: path, expected, found: (cause as Error).message, cause });
  }
}
