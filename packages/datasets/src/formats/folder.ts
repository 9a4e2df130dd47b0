import { readdir, stat } from "node:fs/promises";
import { basename, join, resolve, sep } from "node:path";
import { type Data, type Labels, SYMMETRIC } from "@symbreak/core";
import { DatasetError } from "../dataset-error.ts";
import { packLabels, takeLabels } from "../labels.ts";
import { chooseIndices, selectionSteps } from "../select/select.ts";
import { type DecodeOptions, decodeImages, type EncodedImage } from "./decode-images.ts";
import { naturalOrder } from "./natural-order.ts";
import { readBytes } from "./read-bytes.ts";

const IMAGE = /\.(?:png|jpe?g)$/i;
const SPLITS = ["train", "test", "val", "valid", "validation"];

/**
 * Reads a folder of PNG and JPEG files: each sub-folder is a class, or there are none and no labels.
 *
 * Classes and files stand in natural order ("2" before "10"). A folder of `train`, `test`, … is a folder of splits.
 *
 * @throws DatasetError on an empty folder, a damaged image, or images of differing size without `resize`
 */
export async function readFolder(directory: string, options: DecodeOptions = {}): Promise<Data> {
  const { split, root } = await findSplit(directory, options.split);
  const files = (await list(root)).sort(naturalOrder);
  if (files.length === 0) {
    throw new DatasetError({ file: root, expected: "PNG or JPEG files", found: "none" });
  }
  const { labels, classNames } = labelsOf(files, root);
  const name = basename(resolve(directory));
  const chosen = chooseIndices({ name, count: files.length, labels }, options);
  const load = async (i: number): Promise<EncodedImage> => {
    const file = join(root, files[chosen[i]!]!);
    return { file, bytes: await readBytes(file) };
  };
  const { values, shape } = await decodeImages(chosen.length, load, options.resize);
  const selection = selectionSteps(options);
  if (options.resize !== undefined) selection.push(`resize ${options.resize}`);
  return {
    name,
    split,
    selection,
    values,
    units: SYMMETRIC,
    labels: labels && takeLabels(labels, chosen),
    classNames,
    count: chosen.length,
    shape,
    source: root,
  };
}

/** `directory/train` and the like, when its sub-folders are splits and not classes. */
async function findSplit(
  directory: string,
  wanted: string | undefined,
): Promise<{ split: string | undefined; root: string }> {
  const entries = await read(directory, () => readdir(directory, { withFileTypes: true }));
  const folders = entries.flatMap((entry) => (entry.isFile() ? [] : [entry.name]));
  const splits = folders.filter((name) => !name.startsWith("."));
  const isSplit = splits.length > 0 && splits.every((name) => SPLITS.includes(name));
  const split = wanted ?? (isSplit && splits.includes("train") ? "train" : undefined);
  if (split === undefined) return { split, root: directory };
  if (isSplit && splits.includes(split)) return { split, root: join(directory, split) };
  const expected = `a folder of splits, with one named ${split}`;
  throw new DatasetError({
    file: directory,
    expected,
    found: splits.join(", ") || "no sub-folder",
  });
}

/** Image files in a folder and below its sub-folders (links to folders too), hidden ones left out. */
async function list(root: string): Promise<string[]> {
  const entries = await read(root, () => readdir(root, { withFileTypes: true }));
  const names = entries.map(async (entry) => {
    const path = join(root, entry.name);
    const isFolder = entry.isSymbolicLink()
      ? (await stat(path)).isDirectory()
      : entry.isDirectory();
    if (!isFolder) return [entry.name];
    return (await readdir(path, { recursive: true })).map((name) => join(entry.name, name));
  });
  const all = (await read(root, () => Promise.all(names))).flat();
  return all.filter((n) => IMAGE.test(n) && !n.split(sep).some((part) => part.startsWith(".")));
}

function labelsOf(
  files: readonly string[],
  root: string,
): { labels: Labels | undefined; classNames: string[] | undefined } {
  const folders = files.map((file) => (file.includes(sep) ? file.slice(0, file.indexOf(sep)) : ""));
  const classNames = [...new Set(folders)].sort(naturalOrder);
  if (classNames[0] !== "") {
    const numbers = new Map(classNames.map((name, i) => [name, i]));
    return {
      labels: packLabels(
        folders.map((name) => numbers.get(name)!),
        root,
      ),
      classNames,
    };
  }
  if (classNames.length === 1) return { labels: undefined, classNames: undefined };
  throw new DatasetError({
    file: root,
    expected: "images in sub-folders (one a class), or none in sub-folders",
    found: `both (${files[folders.indexOf("")]} and ${classNames[1]}${sep})`,
  });
}

async function read<T>(folder: string, list: () => Promise<T>): Promise<T> {
  try {
    return await list();
  } catch (cause) {
    const found = (cause as Error).message;
    throw new DatasetError({ file: folder, expected: "a folder of images", found, cause });
  }
}
