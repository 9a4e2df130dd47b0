import { stat } from "node:fs/promises";
import type { Data } from "@symbreak/core";
import { DatasetError } from "../dataset-error.ts";
import { type Findings, findings, type LoadReport } from "../load-report.ts";
import { DATASETS, isDatasetName } from "../sets/datasets.ts";
import { loadDirectory } from "./load-directory.ts";
import { type Loaded, loadFile } from "./load-file.ts";
import { applyOptions, checkOptions, type LoadOptions, refuse } from "./load-options.ts";

/**
 * Loads a published set by name ("mnist", "fashion-mnist", "cifar10"), or whatever a path holds: idx (gzipped or
 * not), .npy, .npz, .parquet, or a folder of idx files, CIFAR-10 or ImageNet
 * batches, Parquet shards, or images. What was left out or changed on the way is said in the result.
 *
 * Then it selects, resizes, takes a channel and pads, in that order.
 *
 * @throws DatasetError for data that is missing, unknown or damaged
 * @throws RangeError for an option that does not fit the data
 * @example await loadDataset("mnist", { classes: [1, 8], perClass: 5000, pad: 32 })
 */
export async function loadDataset(
  nameOrPath: string,
  options: LoadOptions = {},
): Promise<LoadedData> {
  checkOptions(options);
  const found = findings();
  const loaded = await load(nameOrPath, options, found);
  return { ...loaded, ...found.report() };
}

/** Data, and what was left out or changed when it was read. */
export type LoadedData = Data & Required<Pick<Data, "name" | "source" | "selection">> & LoadReport;

async function load(
  nameOrPath: string,
  options: LoadOptions,
  found: Findings,
): Promise<Data & Required<Pick<Data, "name" | "source" | "selection">>> {
  const { set, selected } = await read(nameOrPath, options, found);
  if (set.values instanceof Uint8Array && set.values.every((value) => value <= 1))
    found.note("all bytes are 0 or 1, nearly black; give range [0, 1] if 1 is white");
  const made = await applyOptions(set, options, selected, found);
  const { name = nameOrPath, source = nameOrPath, selection = [] } = made;
  return { ...made, name, source, selection };
}

async function read(nameOrPath: string, options: LoadOptions, found: Findings): Promise<Loaded> {
  if (isDatasetName(nameOrPath)) {
    refuse(options, ["range", "layout"], nameOrPath);
    const { split = "train", directory } = options;
    const where = directory === undefined ? {} : { directory };
    const set = await DATASETS[nameOrPath].load({ split: split as "train", ...where });
    return { set, selected: false };
  }
  refuse(options, ["directory"], "a path");
  const isDirectory = await kindOf(nameOrPath);
  return (isDirectory ? loadDirectory : loadFile)(nameOrPath, options, found);
}

async function kindOf(path: string): Promise<boolean> {
  try {
    const kind = await stat(path);
    if (kind.isDirectory() || kind.isFile()) return kind.isDirectory();
  } catch (cause) {
    const names = Object.keys(DATASETS).join(", ");
    const expected = `a data set's name (${names}) or the path of a file or folder`;
    throw new DatasetError({ file: path, expected, found: (cause as Error).message, cause });
  }
  throw new DatasetError({
    file: path,
    expected: "a file or a folder",
    found: "a pipe, a socket or a device",
  });
}
