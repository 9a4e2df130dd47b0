import { join } from "node:path";
import type { Data } from "@symbreak/core";
import { cacheDirectory } from "../cache-directory.ts";
import { DatasetError } from "../dataset-error.ts";
import { findIdx, idxNames, readIdxFolder } from "../formats/idx-folder.ts";
import type { IdxDigests } from "../formats/idx-images.ts";
import { checkSplit, type SetOptions, type Split } from "./split.ts";

const DIGESTS: Record<Split, IdxDigests> = {
  train: {
    images: "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
    labels: "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
  },
  test: {
    images: "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
    labels: "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
  },
};

/** Class k at place k. */
export const FASHION_CLASSES: readonly string[] = [
  "T-shirt/top",
  "Trouser",
  "Pullover",
  "Dress",
  "Coat",
  "Sandal",
  "Shirt",
  "Sneaker",
  "Bag",
  "Ankle boot",
];

/** Where Debian's package `dataset-fashion-mnist` puts it. */
export const FASHION_DEBIAN: string = "/usr/share/datasets/fashion-mnist";

/** The folder that `fetchDataset("fashion-mnist")` fills. */
export function fashionMnistCache(): string {
  return join(cacheDirectory(), "fashion-mnist");
}

/** The first place that has the set, our cache or Debian's folder; undefined when neither has. */
export function findFashionMnist(): string | undefined {
  const { images } = idxNames("train");
  return [fashionMnistCache(), FASHION_DEBIAN].find((place) => findIdx(place, images));
}

/**
 * Fashion-MNIST: 60,000 or 10,000 pictures of clothes in ten classes, 1×28×28, checked against the published SHA-256.
 *
 * @throws DatasetError when it has not been fetched or installed, or is not the published set
 */
export async function loadFashionMnist(options: SetOptions = {}): Promise<Data> {
  const { split = "train", directory = findFashionMnist() } = options;
  checkSplit("loadFashionMnist", split);
  if (directory === undefined) {
    throw new DatasetError({
      file: fashionMnistCache(),
      expected: `Fashion-MNIST here or in ${FASHION_DEBIAN}`,
      found: "neither",
      hint: 'Run `ssb data fetch fashion-mnist` (fetchDataset("fashion-mnist")), or give the directory that has it',
    });
  }
  const set = await readIdxFolder(directory, split, DIGESTS[split]);
  return { ...set, name: "fashion-mnist", classNames: FASHION_CLASSES };
}
