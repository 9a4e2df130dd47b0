import { type Data, type ImageShape, type Labels, SYMMETRIC } from "@symbreak/core";
import { DatasetError } from "../dataset-error.ts";
import { packLabels, takeLabels } from "../labels.ts";
import { type Findings, findings } from "../load-report.ts";
import { chooseIndices, type Selection } from "../select/select.ts";
import type { EncodedImage } from "./encoded-image.ts";
import { naturalOrder } from "./natural-order.ts";
import { type ImageColumns, imageColumns } from "./parquet-columns.ts";
import { type ColumnPath, type ParquetFile, parquetFile } from "./parquet-file.ts";
import { MAX_BYTES, PIXELS_A_BYTE } from "./unpacked.ts";

/**
 * Makes pixels of encoded images, channels first: `decodeImages` in Node, a canvas in a page.
 *
 * @param most bytes that all of them may take
 * @returns the pixels, and which images are in them where some were left out
 */
export type DecodeAll = (
  images: readonly EncodedImage[],
  most: number,
) => Promise<{
  readonly values: Uint8Array;
  readonly shape: ImageShape;
  readonly kept?: readonly number[];
}>;

/** What a Parquet file says of its samples. */
export type ParquetImages = Pick<
  Data,
  "values" | "shape" | "count" | "units" | "labels" | "classNames"
>;

/**
 * Images and labels of the bytes of one Parquet file, in the layout of Hugging Face: see {@link parquetImages}.
 *
 * @param file for messages
 */
export async function parseParquet(
  bytes: Uint8Array,
  file: string,
  decode: DecodeAll,
  selection: Selection = {},
): Promise<ParquetImages> {
  const buffer = {
    byteLength: bytes.length,
    // A copy, so that what is read of it begins at byte 0 of a buffer of its own.
    slice: (start: number, end?: number) => bytes.slice(start, end).buffer,
  };
  return parquetImages([await parquetFile(buffer, file)], decode, selection);
}

/**
 * Images of Parquet files in the layout of Hugging Face: a column of `{ bytes, path }` with encoded images, and a column of
 * labels. Class names come from the `huggingface` metadata.
 *
 * @param shards the files of one split, in order
 * @throws DatasetError on a damaged file, no image column, a row without an image, or images of differing size
 */
export async function parquetImages(
  shards: readonly ParquetFile[],
  decode: DecodeAll,
  selection: Selection = {},
  found: Findings = findings(),
): Promise<ParquetImages> {
  const [first] = shards;
  const name = first!.file;
  const columns = findColumns(first!);
  const labels = columns.label && (await readLabels(shards, columns.label, found));
  const count = shards.flatMap(({ groups }) => groups).reduce((sum, rows) => sum + rows, 0);
  if (count === 0) throw new DatasetError({ file: name, expected: "images", found: "no rows" });
  const chosen = chooseIndices({ name, count, labels: labels?.numbers }, selection);
  // One image may stand for many rows in a dictionary; a file is not believed to hold more than it could.
  const bytes = shards.reduce((sum, { length }) => sum + length, 0);
  const { values, shape, kept } = await decode(
    await readImages(shards, columns.image, chosen),
    Math.min(MAX_BYTES, bytes * 3 * PIXELS_A_BYTE),
  );
  const rows = kept?.map((i) => chosen[i]!) ?? chosen;
  return {
    ...{ values, shape, count: rows.length, units: SYMMETRIC },
    labels: labels && takeLabels(labels.numbers, rows),
    classNames: labels?.names ?? columns.classNames,
  };
}

function findColumns({ file, schema, metadata }: ParquetFile): ImageColumns {
  const columns = imageColumns(schema, metadata);
  if (columns !== undefined) return columns;
  const found = schema.children.map(({ element }) => element.name).join(", ") || "no columns";
  throw new DatasetError({ file, expected: "a column of image bytes ({ bytes, path })", found });
}

interface NamedLabels {
  readonly numbers: Labels;
  /** Where the values are not class numbers themselves. */
  readonly names?: readonly string[];
}

/**
 * Labels of all shards; undefined when every one is missing or −1, as in a test split that has none. Class numbers stay what
 * they are; any other values (strings, truths, numbers) are classes by their names, in natural order. Labels that are missing
 * for some rows are left out, and that is said.
 */
async function readLabels(
  shards: readonly ParquetFile[],
  column: ColumnPath,
  found: Findings,
): Promise<NamedLabels | undefined> {
  const values: unknown[] = [];
  for (const { groups, read } of shards)
    for (const group of groups.keys()) values.push(...(await read(column, group)));
  const isMissing = (value: unknown): boolean => value == null || Number(value) === -1;
  const missing = values.filter(isMissing).length;
  if (missing === values.length) return undefined;
  if (missing > 0) {
    found.note(`the labels were left out: ${missing} of ${values.length} rows have none`);
    return undefined;
  }
  const plain = values.every((value) => typeof value === "number" || typeof value === "bigint");
  const numbers = values.map(Number);
  if (plain && numbers.every((n) => Number.isInteger(n) && n >= 0 && n <= 0xffff))
    return { numbers: packLabels(numbers, shards[0]!.file) };
  const text = values.map((value) =>
    value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value),
  );
  const names = [...new Set(text)].sort(naturalOrder);
  if (names.length > 0x10000) {
    found.note(`the labels were left out: ${names.length} different values are no classes`);
    return undefined;
  }
  const places = new Map(names.map((name, k) => [name, k]));
  const classes = text.map((name) => places.get(name)!);
  return { numbers: packLabels(classes, shards[0]!.file), names };
}

/** The encoded images at these places, ascending over all shards; groups without any are not read. */
async function readImages(
  shards: readonly ParquetFile[],
  column: ColumnPath,
  chosen: readonly number[],
): Promise<EncodedImage[]> {
  const images: EncodedImage[] = [];
  let before = 0; // rows in the shards and groups before this one
  for (const { file, groups, read } of shards) {
    const start = before;
    for (const [group, rows] of groups.entries()) {
      const wanted = chosen.filter((index) => index >= before && index < before + rows);
      const values = wanted.length > 0 ? await read(column, group) : [];
      for (const index of wanted) {
        images.push(imageAt(values[index - before], `${file}, row ${index - start}`));
      }
      before += rows;
    }
  }
  return images;
}

function imageAt(bytes: unknown, file: string): EncodedImage {
  if (bytes instanceof Uint8Array) return { bytes, file };
  throw new DatasetError({ file, expected: "image bytes", found: String(bytes ?? "none") });
}
