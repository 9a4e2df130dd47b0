import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Data } from "@symbreak/core";
import { DatasetError } from "../dataset-error.ts";
import type { Split } from "../sets/split.ts";
import { type IdxDigests, readIdxImages } from "./idx-images.ts";

/** The names that LeCun gave MNIST's four files, and Zalando kept. */
export function idxNames(split: Split): { images: string; labels: string } {
  const prefix = split === "train" ? "train" : "t10k";
  return { images: `${prefix}-images-idx3-ubyte`, labels: `${prefix}-labels-idx1-ubyte` };
}

/** The file of this name in a folder, plain or with `.gz`; undefined when neither is there. */
export function findIdx(directory: string, name: string): string | undefined {
  return [name, `${name}.gz`].map((n) => join(directory, n)).find((path) => existsSync(path));
}

/** Reads one split from a folder of idx files; with `digests` it proves which set they are. */
export async function readIdxFolder(
  directory: string,
  split: Split,
  digests?: IdxDigests,
): Promise<Data> {
  const names = idxNames(split);
  const find = (name: string): string => {
    const path = findIdx(directory, name);
    if (path !== undefined) return path;
    throw new DatasetError({
      file: directory,
      expected: `${name} or ${name}.gz`,
      found: "neither",
    });
  };
  const set = await readIdxImages(find(names.images), find(names.labels), digests);
  const name = basename(resolve(directory));
  return { name, split, selection: [], ...set, classNames: undefined, source: directory };
}
