import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { basename } from "node:path";
import { type Data, SYMMETRIC } from "@symbreak/core";
import { DatasetError } from "../dataset-error.ts";
import { adviceOnFile } from "../formats/advice.ts";
import { decodeImages } from "../formats/decode-images.ts";
import { readIdxImages } from "../formats/idx-images.ts";
import { readNpyImages, readNpzImages } from "../formats/npz.ts";
import { readParquetImages } from "../formats/parquet.ts";
import { readBytes } from "../formats/read-bytes.ts";
import { type Findings, findings } from "../load-report.ts";
import { resizeSteps } from "../select/resize.ts";
import { type LoadOptions, refuse } from "./load-options.ts";

/** What a reader made, and whether it selected and resized on the way. */
export interface Loaded {
  readonly set: Data;
  readonly selected: boolean;
}

type Format = "idx" | "npy" | "npz" | "parquet" | "image";

/** The first bytes of each format; a gzip can only be a gzipped idx here. */
const MAGIC: readonly [hex: string, format: Format][] = [
  ["000008", "idx"],
  ["1f8b", "idx"],
  ["934e554d5059", "npy"],
  ["504b", "npz"],
  ["50415231", "parquet"],
];

const PACKED: readonly Format[] = ["npz", "idx"];

/** Loads a single file, recognised by its name, else by its first bytes. */
export async function loadFile(
  file: string,
  options: LoadOptions,
  found: Findings = findings(),
): Promise<Loaded> {
  const format = formatOfName(file) ?? (await formatOfContent(file));
  if (format !== "npz") refuse(options, ["split"], "a single file");
  if (format === "idx" || format === "image")
    refuse(options, ["range", "layout"], `files of the format ${format}`);
  switch (format) {
    case "idx":
      return { set: await readIdxFile(file), selected: false };
    case "npy":
      return { set: await readNpyImages(file, options), selected: false };
    case "npz":
      return { set: await readNpzImages(file, options, found), selected: false };
    case "parquet":
      return { set: await readParquetImages([file], options, found), selected: true };
    case "image":
      return { set: await readImageFile(file, options, found), selected: true };
  }
}

/** One image: data of one sample. */
async function readImageFile(file: string, options: LoadOptions, found: Findings): Promise<Data> {
  refuse(options, ["classes", "perClass"], "a single image");
  const load = async () => ({ file, bytes: await readBytes(file) });
  const { values, shape } = await decodeImages(1, load, options, found);
  const selection = resizeSteps(options);
  const name = basename(file);
  return { name, selection, values, units: SYMMETRIC, count: 1, shape, source: file };
}

/** Labels come from the file beside it that is named the same but for `labels-idx1`. */
async function readIdxFile(file: string): Promise<Data> {
  const name = basename(file).replace(/\.gz$/, "");
  const sibling = file.replace(/images([-.])idx3-ubyte(?:\.gz)?$/, "labels$1idx1-ubyte");
  const labels = [sibling, `${sibling}.gz`].find((path) => path !== file && existsSync(path));
  const set = await readIdxImages(file, labels);
  return { name, split: undefined, selection: [], ...set, classNames: undefined, source: file };
}

function formatOfName(file: string): Format | undefined {
  if (/\.npy$/i.test(file)) return "npy";
  if (/\.npz$/i.test(file)) return "npz";
  if (/\.parquet$/i.test(file)) return "parquet";
  if (/\.(?:png|jpe?g|webp|gif|tiff?|avif)$/i.test(file)) return "image";
  return /idx\d-ubyte(?:\.gz)?$/i.test(file) ? "idx" : undefined;
}

async function formatOfContent(file: string): Promise<Format> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(6), 0, 6, 0);
    const hex = buffer.toString("hex", 0, bytesRead);
    const format = MAGIC.find(([magic]) => hex.startsWith(magic))?.[1];
    const hint = adviceOnFile(file, buffer.subarray(0, bytesRead));
    // A zip or a gzip of another name is an archive of something else.
    if (format !== undefined && (hint === undefined || !PACKED.includes(format))) return format;
    throw new DatasetError({
      file,
      offset: 0,
      expected: "an idx, .npy, .npz or .parquet file, or a folder",
      found: `bytes ${hex || "none"}`,
      ...(hint !== undefined && { hint }),
    });
  } finally {
    await handle.close();
  }
}
