import { readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { arrayLike, type Data } from "@symbreak/core";
import { DatasetError } from "../dataset-error.ts";
import { packLabels } from "../labels.ts";
import type { ArrayOptions } from "./array-images.ts";
import { naturalOrder } from "./natural-order.ts";
import { readNpzImages } from "./npz.ts";
import { sameSplit } from "./splits.ts";

/** The names of downsampled ImageNet's files: `train_data_batch_1.npz` …, `val_data.npz`. */
const BATCH = /^(train|val)_data(?:_batch_\d+)?\.npz$/;

/** The files of such a folder, in order; undefined where there are none. */
export async function findNpzBatches(directory: string): Promise<string[] | undefined> {
  const names = (await readdir(directory)).filter((name) => BATCH.test(name)).sort(naturalOrder);
  return names.length > 0 ? names : undefined;
}

/** One split of downsampled ImageNet (`data`: N × 3·side², `labels` 1 … 1000, numbered from 0 here), its batches joined. */
export async function readNpzBatches(
  directory: string,
  names: readonly string[],
  { split = "train", ...options }: ArrayOptions & { readonly split?: string },
): Promise<Data> {
  const files = names.filter((name) => sameSplit(BATCH.exec(name)![1], split));
  if (files.length === 0)
    throw new DatasetError({
      file: directory,
      expected: `the split ${split}`,
      found: names.join(", "),
      noSplit: true,
    });
  const parts: Data[] = [];
  for (const name of files) {
    const { range, layout } = options;
    const shaped = { ...(range && { range }), ...(layout && { layout }) };
    parts.push(await readNpzImages(join(directory, name), shaped));
  }
  const [first] = parts;
  const other = parts.find((part) => part.shape.join() !== first!.shape.join());
  if (other)
    throw new DatasetError({
      file: directory,
      expected: `images of ${first!.shape.join("×")} in every batch`,
      found: other.shape.join("×"),
    });
  const kind = ({ values, units: { name } }: Data): string => `${values.constructor.name}, ${name}`;
  const unlike = parts.find((part) => kind(part) !== kind(first!));
  if (unlike)
    throw new DatasetError({
      file: directory,
      expected: `numbers of one kind in every batch (${kind(first!)})`,
      found: kind(unlike),
    });
  const values = joined(parts.map((part) => part.values));
  const numbers = parts.flatMap(({ labels }) => Array.from(labels ?? []));
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const least = numbers.reduce((low, n) => Math.min(low, n), Infinity);
  const labels = packLabels(
    numbers.map((n) => (least > 0 ? n - 1 : n)),
    directory,
  );
  return {
    ...first!,
    name: basename(resolve(directory)),
    split: BATCH.exec(files[0]!)![1],
    values,
    labels: numbers.length === count ? labels : undefined,
    count,
    source: directory,
  };
}

function joined(parts: readonly Data["values"][]): Data["values"] {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const values = arrayLike(parts[0]!, length);
  let at = 0;
  for (const part of parts) {
    values.set(part, at);
    at += part.length;
  }
  return values;
}
