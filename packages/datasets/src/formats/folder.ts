import { basename, join, resolve, sep } from "node:path";
import { type Data, type Labels, SYMMETRIC } from "@symbreak/core";
import { DatasetError } from "../dataset-error.ts";
import { packLabels, takeLabels } from "../labels.ts";
import { type Findings, findings } from "../load-report.ts";
import { resizeSteps } from "../select/resize.ts";
import { chooseIndices, selectionSteps } from "../select/select.ts";
import { adviceOn } from "./advice.ts";
import { type DecodeOptions, decodeImages } from "./decode-images.ts";
import type { EncodedImage } from "./encoded-image.ts";
import { listImages } from "./list-images.ts";
import { naturalOrder } from "./natural-order.ts";
import { readBytes } from "./read-bytes.ts";
import { splitFolders, splitNamed } from "./splits.ts";

/** An empty folder, or one of what is not read, with what there is instead. */
function noImages(directory: string, found: Findings): DatasetError {
  const { ignored } = found.report();
  const kinds = Object.keys(ignored);
  const others = kinds.map((kind) => `${ignored[kind]} × ${kind}`).join(", ");
  const hint = kinds.map(adviceOn).find((advice) => advice !== undefined);
  return new DatasetError({
    file: directory,
    expected: "PNG or JPEG files",
    found: others === "" ? "none" : `none, but ${others}`,
    ...(hint !== undefined && { hint }),
  });
}

/**
 * Reads a folder of images (PNG, JPEG, WebP, GIF, TIFF, AVIF).
 *
 * One rule says what its sub-folders are. Those without any image do not count, and one folder around all others is opened. If two
 * are called train, test, val … (`splits.ts`), they are splits, and one of them is read; else each is a class, or there are none
 * and no labels. Classes and files stand in natural order ("2" before "10").
 *
 * @throws DatasetError on an empty folder, damaged images (all are named), or images of differing size without `resize`
 */
export async function readFolder(
  directory: string,
  options: DecodeOptions = {},
  found: Findings = findings(),
): Promise<Data> {
  const listed = await listImages(directory, found);
  if (listed.length === 0) throw noImages(directory, found);
  const { split, folder, files } = splitOf(directory, listed, options.split, found);
  const root = join(directory, folder);
  const { labels, classNames } = labelsOf(files, root);
  const name = basename(resolve(directory));
  const chosen = chooseIndices({ name, count: files.length, labels, classNames }, options);
  const load = async (i: number): Promise<EncodedImage> => {
    const file = join(root, files[chosen[i]!]!);
    return { file, bytes: await readBytes(file) };
  };
  const { values, shape, kept } = await decodeImages(chosen.length, load, options, found);
  const selection = [...selectionSteps(options, classNames), ...resizeSteps(options)];
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

/** What of a listing is read: the split that is wanted, and its files, relative to its folder. */
interface Part {
  readonly split: string | undefined;
  /** The folder of the split, relative to the whole. */
  readonly folder: string;
  readonly files: readonly string[];
}

/** The files of the split that is wanted; all of them where there are no splits. */
function splitOf(
  directory: string,
  files: readonly string[],
  wanted: string | undefined,
  found: Findings,
): Part {
  const inFolders = [...new Set(files.map(folderOf))].filter((name) => name !== "");
  const loose = files.some((file) => folderOf(file) === "");
  const splits = loose ? undefined : splitFolders(inFolders);
  const within = (folder: string): string[] =>
    files.filter((file) => folderOf(file) === folder).map((file) => file.slice(folder.length + 1));
  const [only] = inFolders;
  // A folder around all of it says nothing: what it holds is looked at by the same rule.
  if (splits === undefined && !loose && inFolders.length === 1) {
    const inner = within(only!);
    if (inner.every((file) => folderOf(file) !== "")) {
      found.note(`${only} holds everything, and was taken for the folder of the set`);
      const part = splitOf(join(directory, only!), inner, wanted, found);
      return { ...part, folder: join(only!, part.folder) };
    }
  }
  const names = [...(splits?.keys() ?? [])];
  const name =
    wanted === undefined
      ? names.find((folder) => splits!.get(folder) === "train")
      : names.find((folder) => folder === wanted || splits!.get(folder) === splitNamed(wanted));
  if (wanted !== undefined && name === undefined) {
    throw new DatasetError({
      file: directory,
      expected: `a folder of splits, with one named ${wanted}`,
      found: inFolders.join(", ") || "no sub-folder",
      noSplit: true,
    });
  }
  if (splits !== undefined && name === undefined) {
    throw new DatasetError({
      file: directory,
      expected: "one split, or one named train",
      found: inFolders.join(", "),
      hint: "Give split",
    });
  }
  if (name === undefined) return { split: undefined, folder: "", files };
  for (const other of inFolders)
    if (!splits!.has(other)) found.ignore(`${other}/, no split`, within(other).length);
  return { split: name, folder: name, files: within(name) };
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.indexOf(sep)));
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
