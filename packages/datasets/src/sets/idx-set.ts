import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatasetError } from "../dataset-error.ts";
import { type IdxDigests, readIdxImages } from "../formats/idx-images.ts";
import type { ImageSet } from "../image-set.ts";
import type { Split } from "./split.ts";

/** The names that LeCun gave the four files, and Zalando kept. */
export function idxNames(split: Split): { images: string; labels: string } {
  const prefix = split === "train" ? "train" : "t10k";
  return { images: `${prefix}-images-idx3-ubyte`, labels: `${prefix}-labels-idx1-ubyte` };
}

/** The file of this name in a folder, plain or with `.gz`; undefined when neither is there. */
export function findIdx(directory: string, name: string): string | undefined {
  return [name, `${name}.gz`].map((n) => join(directory, n)).find((path) => existsSync(path));
}

/** Reads one split of a published set of idx files from a folder and proves that it is that set. */
export async function readIdxSet(
  name: string,
  split: Split,
  directory: string,
  digests: IdxDigests,
  classNames: readonly string[],
): Promise<ImageSet> {
  const names = idxNames(split);
  const [images, labels] = [names.images, names.labels].map((file) => {
    const path = findIdx(directory, file);
    if (path !== undefined) return path;
    throw new DatasetError({
      file: directory,
      expected: `${file} or ${file}.gz`,
      found: "neither",
    });
  }) as [string, string];
  const set = await readIdxImages(images, labels, digests);
  return { name, split, selection: [], ...set, classNames, source: directory };
}
