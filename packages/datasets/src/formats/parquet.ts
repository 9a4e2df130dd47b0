import { basename } from "node:path";
import { type Data, type Labels, SYMMETRIC } from "@symbreak/core";
import { DatasetError } from "../dataset-error.ts";
import { packLabels, takeLabels } from "../labels.ts";
import { chooseIndices, selectionSteps } from "../select/select.ts";
import { type DecodeOptions, decodeImages, type EncodedImage } from "./decode-images.ts";
import { type ImageColumns, imageColumns } from "./parquet-columns.ts";
import { type ColumnPath, openParquet, type ParquetFile } from "./parquet-file.ts";

/**
 * Reads images from Parquet files in the layout of Hugging Face: a column of `{ bytes, path }` with PNG or JPEG bytes,
 * and a column of integer labels. Class names come from the `huggingface` metadata.
 *
 * @param files the shards of one split, in order
 * @throws DatasetError on a damaged file, no image column, a row without an image, or images of differing size
 */
export async function readParquetImages(
  files: readonly string[],
  options: DecodeOptions = {},
): Promise<Data> {
  const shards = await Promise.all(files.map(openParquet));
  const source = files[0]!;
  const name = basename(source).replace(/\.parquet$/, "");
  const columns = findColumns(shards[0]!);
  const labels = columns.label && (await readLabels(shards, columns.label));
  const count = shards.flatMap(({ groups }) => groups).reduce((sum, rows) => sum + rows, 0);
  if (count === 0) throw new DatasetError({ file: source, expected: "images", found: "no rows" });
  const chosen = chooseIndices({ name, count, labels: labels || undefined }, options);
  const encoded = await readImages(shards, columns.image, chosen);
  const load = async (i: number): Promise<EncodedImage> => encoded[i]!;
  const { values, shape } = await decodeImages(chosen.length, load, options.resize);
  const selection = selectionSteps(options);
  if (options.resize !== undefined) selection.push(`resize ${options.resize}`);
  return {
    name,
    split: undefined,
    selection,
    values,
    units: SYMMETRIC,
    labels: labels ? takeLabels(labels, chosen) : undefined,
    classNames: columns.classNames,
    count: chosen.length,
    shape,
    source,
  };
}

function findColumns({ file, schema, metadata }: ParquetFile): ImageColumns {
  const columns = imageColumns(schema, metadata);
  if (columns !== undefined) return columns;
  const found = schema.children.map(({ element }) => element.name).join(", ") || "no columns";
  throw new DatasetError({ file, expected: "a column of image bytes ({ bytes, path })", found });
}

/** Labels of all shards; undefined when every one is missing or −1, as in a test split that has none. */
async function readLabels(
  shards: readonly ParquetFile[],
  column: ColumnPath,
): Promise<Labels | undefined> {
  const labels: number[] = [];
  for (const { groups, read } of shards) {
    for (const group of groups.keys()) {
      for (const value of await read(column, group)) labels.push(Number(value ?? -1));
    }
  }
  return labels.every((label) => label === -1) ? undefined : packLabels(labels, shards[0]!.file);
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
