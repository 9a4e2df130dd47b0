import { existsSync, readdirSync } from "node:fs";
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

/**
 * The file of this name in a folder or where torchvision puts it, plain or with `.gz`, with a hyphen before `idx` or a dot as some
 * archives have it; undefined when there is none.
 */
export function findIdx(directory: string, name: string): string | undefined {
  const names = [name, name.replace("-idx", ".idx")].flatMap((n) => [n, `${n}.gz`]);
  return foldersOf(directory)
    .flatMap((folder) => names.map((n) => join(folder, n)))
    .find((path) => existsSync(path));
}

/** Where the files may be: here, or where torchvision puts them below the folder that it is given (MNIST/raw, KMNIST/raw …). */
function foldersOf(directory: string): string[] {
  if (!existsSync(directory)) return [];
  const below = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => join(directory, name, "raw"));
  return [directory, join(directory, "raw"), ...below].filter((folder) => existsSync(folder));
}

/** Images in idx files of other names, where those of MNIST are not: EMNIST's and QMNIST's, several sets in one folder. */
export function otherIdx(directory: string): string[] {
  return foldersOf(directory).flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /idx[34]-(?:ubyte|int)(?:\.gz)?$/.test(name))
      .map((name) => join(folder, name)),
  );
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
      noSplit: name === names.images,
    });
  };
  const set = await readIdxImages(find(names.images), find(names.labels), digests);
  const name = basename(resolve(directory));
  return { name, split, selection: [], ...set, classNames: undefined, source: directory };
}
