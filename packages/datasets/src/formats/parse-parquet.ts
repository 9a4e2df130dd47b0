import { type Data, type ImageShape, invalid, SYMMETRIC } from "@symbreak/core";
import { DatasetError } from "../dataset-error.ts";
import { type ClassLabels, labelClasses } from "../label-classes.ts";
import { takeLabels } from "../labels.ts";
import { type Findings, findings } from "../load-report.ts";
import { chooseIndices, type Selection } from "../select/select.ts";
import { type ArrayOptions, arrayImages } from "./array-images.ts";
import type { EncodedImage } from "./encoded-image.ts";
import { listArray } from "./list-array.ts";
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
  selection: Selection & ArrayOptions = {},
): Promise<ParquetImages> {
  const buffer = {
    byteLength: bytes.length,
    // A copy, so that what is read of it begins at byte 0 of a buffer of its own.
    slice: (start: number, end?: number) => bytes.slice(start, end).buffer,
  };
  return parquetImages([await parquetFile(buffer, file)], decode, selection);
}

/**
 * Samples of Parquet files in the layout of Hugging Face: a column of `{ bytes, path }` with encoded images, or one of (nested)
 * lists of numbers, read as an array is; and a column of labels. Class names come from the `huggingface` metadata.
 *
 * @param shards the files of one split, in order
 * @throws DatasetError on a damaged file, no image column, a row without an image, or images of differing size
 */
export async function parquetImages(
  shards: readonly ParquetFile[],
  decode: DecodeAll,
  selection: Selection & ArrayOptions = {},
  found: Findings = findings(),
): Promise<ParquetImages> {
  const [first] = shards;
  const name = first!.file;
  const columns = findColumns(first!);
  const labels = columns.label && (await readLabels(shards, columns.label, found));
  const count = shards.flatMap(({ groups }) => groups).reduce((sum, rows) => sum + rows, 0);
  if (count === 0) throw new DatasetError({ file: name, expected: "images", found: "no rows" });
  const classNames = labels?.names ?? columns.classNames;
  const chosen = chooseIndices({ name, count, labels: labels?.numbers, classNames }, selection);
  const labelled = (rows: readonly number[]): Pick<Data, "labels" | "classNames"> => ({
    labels: labels && takeLabels(labels.numbers, rows),
    classNames,
  });
  // One image may stand for many rows in a dictionary; a file is not believed to hold more than it could.
  const bytes = shards.reduce((sum, { length }) => sum + length, 0);
  if (columns.others.length > 0)
    found.note(`columns that were left out: ${columns.others.join(", ")}`);
  const { range, layout } = selection;
  if (columns.image && (range ?? layout) !== undefined)
    throw invalid(
      "loadDataset",
      "range and layout must be left out for encoded images",
      range ?? layout,
    );
  if (columns.numbers) {
    const rows = await readRows(shards, columns.numbers, chosen);
    const array = listArray(
      rows.map(({ value }) => value),
      name,
    );
    const options = { ...(range && { range }), ...(layout && { layout }) };
    return { ...arrayImages(array, name, options), ...labelled(chosen) };
  }
  const encoded = (await readRows(shards, columns.image!, chosen)).map(imageAt);
  const { values, shape, kept } = await decode(
    encoded,
    Math.min(MAX_BYTES, bytes * 3 * PIXELS_A_BYTE),
  );
  const rows = kept?.map((i) => chosen[i]!) ?? chosen;
  return {
    ...{ values, shape, count: rows.length, units: SYMMETRIC },
    ...labelled(rows),
  };
}

function findColumns({ file, schema, metadata }: ParquetFile): ImageColumns {
  const columns = imageColumns(schema, metadata);
  if (columns !== undefined) return columns;
  const found = schema.children.map(({ element }) => element.name).join(", ") || "no columns";
  throw new DatasetError({
    file,
    expected: "a column of image bytes ({ bytes, path })",
    found,
    hint: "One column of lists of numbers, all of one length, is read too",
  });
}

/** Labels of all shards, one a row: see {@link labelClasses}. */
async function readLabels(
  shards: readonly ParquetFile[],
  column: ColumnPath,
  found: Findings,
): Promise<ClassLabels | undefined> {
  const values: unknown[] = [];
  for (const { groups, read } of shards)
    for (const group of groups.keys())
      for (const value of await read(column, group)) values.push(value);
  return labelClasses(values, shards[0]!.file, found);
}

/** A value, and the row that it is from, in words. */
interface Cell {
  readonly value: unknown;
  readonly file: string;
}

/** The values at these places, ascending over all shards; groups without any are not read. */
async function readRows(
  shards: readonly ParquetFile[],
  column: ColumnPath,
  chosen: readonly number[],
): Promise<Cell[]> {
  const cells: Cell[] = [];
  let before = 0; // rows in the shards and groups before this one
  let next = 0; // the first of `chosen` that is not read yet
  for (const { file, groups, read } of shards) {
    const start = before;
    for (const [group, rows] of groups.entries()) {
      const end = before + rows;
      const values = chosen[next]! < end ? await read(column, group) : [];
      for (; chosen[next]! < end; next++) {
        const index = chosen[next]!;
        cells.push({ value: values[index - before], file: `${file}, row ${index - start}` });
      }
      before = end;
    }
  }
  return cells;
}

function imageAt({ value, file }: Cell): EncodedImage {
  if (value instanceof Uint8Array) return { bytes: value, file };
  const hint =
    "A column that names files is not followed: datasets writes the images themselves with to_parquet";
  throw new DatasetError({ file, expected: "image bytes", found: String(value ?? "none"), hint });
}
