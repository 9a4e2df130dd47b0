import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { type Data, SYMMETRIC } from "@symbreak/core";
import { DatasetError } from "../dataset-error.ts";
import { packLabels } from "../labels.ts";
import type { Split } from "../sets/split.ts";
import { CIFAR_SIZE } from "./cifar.ts";
import { readBytes } from "./read-bytes.ts";

/** A byte of the coarse label, one of the fine label, then the image, channels first. */
const RECORD = 2 + CIFAR_SIZE;
const NAMES = "fine_label_names.txt";

/** The folder of CIFAR-100's binary version, at `directory` or in it: that of its names of classes. */
export function findCifar100(directory: string): string | undefined {
  return [directory, join(directory, "cifar-100-binary")].find((folder) =>
    existsSync(join(folder, NAMES)),
  );
}

/** Reads one split of CIFAR-100's binary version, by its hundred fine classes. */
export async function readCifar100Folder(folder: string, split: Split): Promise<Data> {
  const file = join(folder, `${split}.bin`);
  const bytes = await readBytes(file);
  const count = Math.floor(bytes.length / RECORD);
  if (count === 0 || bytes.length !== count * RECORD)
    throw new DatasetError({
      file,
      offset: count * RECORD,
      expected: `whole records of ${RECORD} bytes (two labels and 3×32×32 pixels)`,
      found: `${bytes.length - count * RECORD} bytes more`,
    });
  const names = (await readFile(join(folder, NAMES), "utf8")).split(/\r?\n/).filter(Boolean);
  const values = new Uint8Array(count * CIFAR_SIZE);
  const labels: number[] = [];
  for (let i = 0; i < count; i++) {
    const at = i * RECORD;
    const label = bytes[at + 1]!;
    if (label >= names.length)
      throw new DatasetError({
        file,
        offset: at + 1,
        expected: `a label below the ${names.length} of ${NAMES}`,
        found: String(label),
      });
    labels.push(label);
    values.set(bytes.subarray(at + 2, at + RECORD), i * CIFAR_SIZE);
  }
  return {
    name: basename(resolve(folder)),
    split,
    selection: [],
    values,
    units: SYMMETRIC,
    labels: packLabels(labels, file),
    classNames: names,
    count,
    shape: [3, 32, 32],
    source: folder,
  };
}
