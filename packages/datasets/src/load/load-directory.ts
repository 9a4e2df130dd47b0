import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { DatasetError } from "../dataset-error.ts";
import { findCifar, readCifarFolder } from "../formats/cifar-folder.ts";
import { findCifar100, readCifar100Folder } from "../formats/cifar100-folder.ts";
import { readFolder } from "../formats/folder.ts";
import { findIdx, idxNames, otherIdx, readIdxFolder } from "../formats/idx-folder.ts";
import { naturalOrder } from "../formats/natural-order.ts";
import { findNpzBatches, readNpzBatches } from "../formats/npz-batches.ts";
import { readParquetImages } from "../formats/parquet.ts";
import { sameSplit, splitNamed } from "../formats/splits.ts";
import { type Findings, findings } from "../load-report.ts";
import { checkSplit, type Split } from "../sets/split.ts";
import type { Loaded } from "./load-file.ts";
import { type LoadOptions, refuse } from "./load-options.ts";

const SPLITS: readonly Split[] = ["train", "test"];

/** Loads a folder, recognised by what is in it; anything else is a folder of images. */
export async function loadDirectory(
  directory: string,
  options: LoadOptions,
  found: Findings = findings(),
): Promise<Loaded> {
  const batches = await findNpzBatches(directory);
  if (batches !== undefined)
    return { set: await readNpzBatches(directory, batches, options), selected: false };
  const shards = await findShards(directory);
  if (shards.length === 0) refuse(options, ["range", "layout"], "a folder");
  const { split = "train" } = options;
  if (SPLITS.some((s) => findIdx(directory, idxNames(s).images) !== undefined)) {
    checkSplit("loadDataset", split);
    return { set: await readIdxFolder(directory, split), selected: false };
  }
  if (SPLITS.some((s) => findCifar(directory, s) !== undefined)) {
    checkSplit("loadDataset", split);
    return { set: await readCifarFolder(directory, split), selected: false };
  }
  const cifar100 = findCifar100(directory);
  if (cifar100 !== undefined) {
    checkSplit("loadDataset", split);
    return { set: await readCifar100Folder(cifar100, split), selected: false };
  }
  refuseFormats(directory);
  const idx = otherIdx(directory);
  if (idx.length > 0)
    throw new DatasetError({
      file: directory,
      expected: `${idxNames("train").images}, or one file of idx images`,
      found: idx.map((path) => relative(directory, path)).join(", "),
      hint: "Name one of the files",
    });
  if (shards.length > 0)
    return { set: await loadShards(directory, shards, options, found), selected: true };
  return { set: await readFolder(directory, options, found), selected: true };
}

/** Formats that are known and not read, with what to do instead. */
function refuseFormats(directory: string): void {
  const has = (...names: string[]): boolean =>
    names.some((name) => existsSync(join(directory, name)));
  if (
    has("data_batch_1", "cifar-10-batches-py/data_batch_1", "train", "cifar-100-python/train") &&
    has("batches.meta", "cifar-10-batches-py/batches.meta", "meta", "cifar-100-python/meta")
  )
    throw new DatasetError({
      file: directory,
      expected: "CIFAR's binary version (data_batch_1.bin)",
      found: "its Python version, whose pickles could run any program",
      hint: "Take the binary version of the same archive, or save the arrays with numpy.savez(file, x_train=…, y_train=…)",
    });
  if (has("stl10_binary", "train_X.bin"))
    throw new DatasetError({
      file: directory,
      expected: "images that are files, or arrays of NumPy",
      found: "the binary files of STL-10",
      hint: "numpy.savez(file, x_train=numpy.fromfile('train_X.bin', 'u1').reshape(-1, 3, 96, 96).transpose(0, 1, 3, 2), y_train=numpy.fromfile('train_y.bin', 'u1') - 1)",
    });
  if (has("data.mdb"))
    throw new DatasetError({
      file: directory,
      expected: "images that are files",
      found: "an LMDB database (data.mdb), as LSUN is published",
      hint: "Export it to a folder of images first: python3 data.py export … --flat of the lsun repository",
    });
}

/** Parquet files here, in `data` as repositories of Hugging Face have them, or in sub-folders of splits. */
async function findShards(directory: string): Promise<string[]> {
  const below = (await readdir(directory, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => join(directory, name));
  const inside = below.filter((folder) => basename(folder) === "data");
  for (const folders of [[directory], inside, below]) {
    const files: string[] = [];
    for (const folder of folders)
      for (const name of await readdir(folder))
        if (name.endsWith(".parquet")) files.push(join(folder, name));
    if (files.length > 0) return files.sort(naturalOrder);
  }
  return [];
}

/**
 * The split of a shard: what stands before `-00000-of-00002.parquet` (a fingerprint may follow), a file's whole name where it is
 * one of a split ("train.parquet"), or the name of its folder.
 */
function splitOfShard(path: string): string | undefined {
  const name = basename(path, ".parquet");
  const numbered = /^(.+)-\d+-of-\d+(?:-[0-9a-f]+)?$/.exec(name)?.[1];
  const named = [name, basename(dirname(path))].find((part) => splitNamed(part) !== undefined);
  return numbered ?? named;
}

async function loadShards(
  directory: string,
  shards: readonly string[],
  options: LoadOptions,
  found: Findings,
): Promise<Loaded["set"]> {
  const splits = [...new Set(shards.map(splitOfShard))];
  const wanted = options.split ?? "train";
  const named = splits.find((split) => sameSplit(split, wanted));
  const split = named ?? (options.split === undefined ? splits[0] : options.split);
  const files = shards.filter((path) => splitOfShard(path) === split);
  const ambiguous = options.split === undefined && named === undefined && splits.length > 1;
  if (files.length === 0 || ambiguous) {
    const names = splits.map((name) => name ?? "files without a split").join(", ");
    const expected =
      options.split === undefined ? "one split, or one named train" : `the split ${split}`;
    throw new DatasetError({
      file: directory,
      expected,
      found: names,
      hint: "Give split",
      noSplit: !ambiguous,
    });
  }
  const partitions = new Set(files.map((path) => basename(dirname(path))).filter(isPartition));
  if (partitions.size > 0)
    found.note(`columns of partitions that were left out: ${[...partitions].join(", ")}`);
  const set = await readParquetImages(files, options, found);
  return { ...set, name: basename(resolve(directory)), split };
}

/** A folder of a table that was written in parts, each for one value of a column: "label=3". */
function isPartition(folder: string): boolean {
  return /^[^=]+=/.test(folder);
}
