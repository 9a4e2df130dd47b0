import { basename, join, resolve, sep } from "node:path";
import { type Data, type Labels, SYMMETRIC } from "@symbreak/core";
import { DatasetError } from "../dataset-error.ts";
import { packLabels, takeLabels } from "../labels.ts";
import { type Findings, findings } from "../load-report.ts";
import { resizeSteps } from "../select/resize.ts";
import { chooseIndices, selectionSteps } from "../select/select.ts";
import { type DecodeOptions, decodeImages } from "./decode-images.ts";
import type { EncodedImage } from "./encoded-image.ts";
import { listImages } from "./list-images.ts";
import { naturalOrder } from "./natural-order.ts";
import { readBytes } from "./read-bytes.ts";
import { sameSplit, splitNamed } from "./splits.ts";

/**
 * Reads a folder of images (PNG, JPEG, WebP, GIF, TIFF, AVIF).
 *
 * One rule says what its sub-folders are. Those without any image do not count. If all others are called train, test, val …
 * (`splits.ts`), they are splits, and one of them is read; else each is a class, or there are none and no labels. Classes and
 * files stand in natural order ("2" before "10").
 *
 * @throws DatasetError on an empty folder, damaged images (all are named), or images of differing size without `resize`
 */
export async function readFolder(
  directory: string,
  options: DecodeOptions = {},
  found: Findings = findings(),
): Promise<Data> {
  const listed = await listImages(directory, found);
  const { split, files } = splitOf(directory, listed, options.split);
  if (files.length === 0) {
    throw new DatasetError({ file: directory, expected: "PNG or JPEG files", found: "none" });
  }
  const root = split === undefined ? directory : join(directory, split);
  const { labels, classNames } = labelsOf(files, root);
  const name = basename(resolve(directory));
  const chosen = chooseIndices({ name, count: files.length, labels }, options);
  const load = async (i: number): Promise<EncodedImage> => {
    const file = join(root, files[chosen[i]!]!);
    return { file, bytes: await readBytes(file) };
  };
  const { values, shape, kept } = await decodeImages(chosen.length, load, options, found);
  const selection = [...selectionSteps(options), ...resizeSteps(options)];
  return {
    name,
    split,
    selection,
    values,
    units: SYMMETRIC,
    labels:
      labels &&
      takeLabels(
        labels,
        kept.map((i) => chosen[i]!),
      ),
    classNames,
    count: kept.length,
    shape,
    source: root,
  };
}

/** The files of the split that is wanted, relative to its folder; all of them where there are no splits. */
function splitOf(
  directory: string,
  files: readonly string[],
  wanted: string | undefined,
): { split: string | undefined; files: readonly string[] } {
  const folders = [...new Set(files.map((file) => file.slice(0, Math.max(0, file.indexOf(sep)))))];
  const inFolders = folders.filter((name) => name !== "");
  const isSplit = inFolders.length > 0 && folders.every((name) => splitNamed(name) !== undefined);
  const fallback = isSplit ? inFolders.find((name) => sameSplit(name, "train")) : undefined;
  const split =
    wanted === undefined ? fallback : inFolders.find((name) => isSplit && sameSplit(name, wanted));
  if (wanted !== undefined && split === undefined) {
    throw new DatasetError({
      file: directory,
      expected: `a folder of splits, with one named ${wanted}`,
      found: inFolders.join(", ") || "no sub-folder",
      noSplit: true,
    });
  }
  if (isSplit && split === undefined) {
    throw new DatasetError({
      file: directory,
      expected: "one split, or one named train",
      found: inFolders.join(", "),
      hint: "Give split",
    });
  }
  if (split === undefined) return { split, files };
  const start = split.length + sep.length;
  return {
    split,
    files: files.filter((f) => f.startsWith(split + sep)).map((f) => f.slice(start)),
  };
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
