import type { Data } from "@symbreak/core";
import { DatasetError } from "../dataset-error.ts";
import { type ArrayOptions, arrayImages, arrayLabels } from "./array-images.ts";
import { type NpyArray, parseNpy } from "./parse-npy.ts";
import { readZip } from "./zip.ts";

/** The arrays of a .npz archive by name, each read when called; `file` is for messages. */
export function parseNpz(bytes: Uint8Array, file: string): Map<string, () => NpyArray> {
  return new Map(
    readZip(bytes, file).flatMap(({ name, read }) =>
      name.endsWith(".npy") ? [[name.slice(0, -4), () => parseNpy(read(), `${file}/${name}`)]] : [],
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
): Pick<Data, "values" | "shape" | "count" | "units" | "labels" | "split"> {
  const arrays = parseNpz(bytes, file);
  const names = findArrays([...arrays.keys()], split);
  if (names === undefined) {
    const wanted =
      split === undefined ? "images, x, data or arr_0" : `x_${split} or ${split}_images`;
    const found = [...arrays.keys()].join(", ") || "none";
    const expected = `an array named ${wanted}`;
    throw new DatasetError({ file, expected, found, noSplit: split !== undefined });
  }
  const read = (name: string): NpyArray => arrays.get(name)!();
  const images = arrayImages(read(names.images), `${file}/${names.images}`, options);
  const { labels: name } = names;
  const labels = name && arrayLabels(read(name), `${file}/${name}`, images.count);
  return { split: names.split, ...images, labels: labels || undefined };
}

interface Names {
  readonly images: string;
  readonly labels: string | undefined;
  readonly split: string | undefined;
}

function findArrays(present: readonly string[], split: string | undefined): Names | undefined {
  const find = (names: string[]): string | undefined =>
    names.map((name) => present.find((p) => p.toLowerCase() === name)).find((p) => p !== undefined);
  for (const part of split === undefined ? ["train"] : [split]) {
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
