import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { DatasetError } from "../dataset-error.ts";
import { findCifar, readCifarFolder } from "../formats/cifar-folder.ts";
import { readFolder } from "../formats/folder.ts";
import { findIdx, idxNames, readIdxFolder } from "../formats/idx-folder.ts";
import { naturalOrder } from "../formats/natural-order.ts";
import { readParquetImages } from "../formats/parquet.ts";
import { checkSplit, type Split } from "../sets/split.ts";
import type { Loaded } from "./load-file.ts";
import { type LoadOptions, refuse } from "./load-options.ts";

const SPLITS: readonly Split[] = ["train", "test"];

/** Loads a folder, recognised by what is in it; anything else is a folder of images. */
export async function loadDirectory(directory: string, options: LoadOptions): Promise<Loaded> {
  refuse(options, ["range", "layout"], "a folder");
  const { split = "train" } = options;
  if (SPLITS.some((s) => findIdx(directory, idxNames(s).images) !== undefined)) {
    checkSplit("loadDataset", split);
    return { set: await readIdxFolder(directory, split), selected: false };
  }
  if (SPLITS.some((s) => findCifar(directory, s) !== undefined)) {
    checkSplit("loadDataset", split);
    return { set: await readCifarFolder(directory, split), selected: false };
  }
  const shards = await findShards(directory);
  if (shards.length > 0)
    return { set: await loadShards(directory, shards, options), selected: true };
  return { set: await readFolder(directory, options), selected: true };
}

/** Parquet files here or in `data`, as repositories of Hugging Face have them. */
async function findShards(directory: string): Promise<string[]> {
  for (const folder of [directory, join(directory, "data")]) {
    if (!existsSync(folder)) continue;
    const names = (await readdir(folder)).filter((name) => name.endsWith(".parquet"));
    if (names.length > 0) return names.sort(naturalOrder).map((name) => join(folder, name));
  }
  return [];
}

/** `train-00000-of-00002.parquet` belongs to the split "train"; files without that form to no split. */
async function loadShards(
  directory: string,
  shards: readonly string[],
  options: LoadOptions,
): Promise<Loaded["set"]> {
  const splitOf = (path: string): string | undefined =>
    /^(.+)-\d+-of-\d+\.parquet$/.exec(basename(path))?.[1];
  const splits = [...new Set(shards.map(splitOf))];
  const split = options.split ?? (splits.includes("train") ? "train" : splits[0]);
  const files = shards.filter((path) => splitOf(path) === split);
  if (
    files.length === 0 ||
    (options.split === undefined && !splits.includes("train") && splits.length > 1)
  ) {
    const found = splits.map((name) => name ?? "files without a split").join(", ");
    const expected =
      options.split === undefined ? "one split, or one named train" : `the split ${split}`;
    throw new DatasetError({ file: directory, expected, found, hint: "Give split" });
  }
  const set = await readParquetImages(files, options);
  return { ...set, name: basename(resolve(directory)), split };
}
