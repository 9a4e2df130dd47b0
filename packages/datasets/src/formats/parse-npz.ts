import type { Data } from "@symbreak/core";
import { DatasetError } from "../dataset-error.ts";
import { type Findings, findings } from "../load-report.ts";
import { type ArrayOptions, arrayImages } from "./array-images.ts";
import { npyLabels } from "./npy-labels.ts";
import { type NpyArray, parseNpy } from "./parse-npy.ts";
import { aliasesOf, splitNamed } from "./splits.ts";
import { readZip } from "./zip.ts";

/** The arrays of a .npz archive by name, each read when called; `file` is for messages. */
export function parseNpz(bytes: Uint8Array, file: string): Map<string, () => NpyArray> {
  const packed = [...arraysOf(bytes, file)];
  return new Map(
    packed.map(([name, read]) => [name, () => parseNpy(read(), `${file}/${name}.npy`)]),
  );
}

/** The .npy files in an archive, without their extension. */
function arraysOf(bytes: Uint8Array, file: string): Map<string, () => Uint8Array> {
  return new Map(
    readZip(bytes, file).flatMap(({ name, read }) =>
      name.endsWith(".npy") ? [[name.slice(0, -4), read]] : [],
    ),
  );
}

/**
 * Images and labels of a .npz archive by the usual names: `x_train` and `y_train` (Keras), `train_images`
 * and `train_labels` (MedMNIST), `images` and `labels`, `x` and `y`, `arr_0` and `arr_1` (numpy.savez without
 * names); an archive of one array needs no name. Without a `split`, "train" where there is one.
 *
 * @throws DatasetError when no array has such a name; the message lists those there are
 */
export function npzImages(
  bytes: Uint8Array,
  file: string,
  { split, ...options }: ArrayOptions & { readonly split?: string } = {},
  found: Findings = findings(),
): Pick<Data, "values" | "shape" | "count" | "units" | "labels" | "classNames" | "split"> {
  const arrays = arraysOf(bytes, file);
  const names = findArrays([...arrays.keys()], split);
  if (names === undefined) {
    const wanted =
      split === undefined ? "images, x, data or arr_0" : `x_${split} or ${split}_images`;
    const listed = [...arrays.keys()].join(", ") || "none";
    const expected = `an array named ${wanted}`;
    throw new DatasetError({ file, expected, found: listed, noSplit: split !== undefined });
  }
  const at = (name: string): [Uint8Array, string] => [arrays.get(name)!(), `${file}/${name}.npy`];
  const images = arrayImages(parseNpy(...at(names.images)), `${file}/${names.images}`, options);
  const labels =
    names.labels &&
    npyLabels(arrays.get(names.labels)!(), `${file}/${names.labels}`, images.count, found);
  const others = [...arrays.keys()].filter((name) => isOther(name, names));
  if (others.length > 0) found.note(`arrays that were left out: ${others.join(", ")}`);
  return {
    split: names.split,
    ...images,
    labels: labels ? labels.numbers : undefined,
    classNames: labels ? labels.names : undefined,
  };
}

/** Is it neither what was read nor a part of another split? */
function isOther(name: string, { images, labels }: Names): boolean {
  const part = name.split("_").find((word) => splitNamed(word) !== undefined);
  return name !== images && name !== labels && part === undefined;
}

interface Names {
  readonly images: string;
  readonly labels: string | undefined;
  readonly split: string | undefined;
}

function findArrays(present: readonly string[], split: string | undefined): Names | undefined {
  const find = (names: string[]): string | undefined =>
    names.map((name) => present.find((p) => p.toLowerCase() === name)).find((p) => p !== undefined);
  for (const part of aliasesOf(split ?? "train")) {
    const images = find([`x_${part}`, `${part}_images`, `${part}_x`]);
    const labels = find([`y_${part}`, `${part}_labels`, `${part}_y`]);
    if (images !== undefined) return { images, labels, split: part };
  }
  if (split !== undefined) return undefined;
  const only = present.length === 1 ? present[0] : undefined;
  const images = find(["images", "x", "data", "arr_0"]) ?? only;
  const labels = find(["labels", "y", "targets", "arr_1"]);
  return images === undefined ? undefined : { images, labels, split: undefined };
}
