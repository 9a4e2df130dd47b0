import * as zlib from "node:zlib";
import type { Compressors, FileMetaData, SchemaTree } from "hyparquet";
import { DatasetError } from "../dataset-error.ts";
import { checkPages } from "./parquet-pages.ts";
import { plainBytes } from "./plain-bytes.ts";
import { readBytes } from "./read-bytes.ts";

/** An open Parquet file. */
export interface ParquetFile {
  readonly file: string;
  readonly metadata: FileMetaData;
  readonly schema: SchemaTree;
  readonly rows: number;
  /** One value of a top-level column for each row from `start` to `end` (exclusive). */
  readonly column: (name: string, start?: number, end?: number) => Promise<unknown[]>;
}

type Inflate = (input: Uint8Array, options: { maxOutputLength: number }) => Uint8Array;

/** Snappy and "uncompressed" are hyparquet's own. LZ4 is refused by name. */
const compressors: Compressors = {
  GZIP: bounded(zlib.gunzipSync),
  BROTLI: bounded(zlib.brotliDecompressSync),
  // Node 22.15 and later.
  ...("zstdDecompressSync" in zlib && { ZSTD: bounded(zlib.zstdDecompressSync as Inflate) }),
};

/** Reads the footer. @throws DatasetError on a file that is not Parquet, or damaged */
export async function openParquet(file: string): Promise<ParquetFile> {
  const { parquetMetadata, parquetReadObjects, parquetSchema } = await import("hyparquet");
  const bytes = await readBytes(file);
  const buffer = {
    byteLength: bytes.length,
    slice: (start: number, end?: number): ArrayBuffer =>
      bytes.slice(start, end).buffer as ArrayBuffer,
  };
  const [metadata, schema] = await guard(file, async () => {
    const parsed = parquetMetadata(bytes);
    return [parsed, parquetSchema(parsed)] as const;
  });
  const rows = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  const column = (name: string, start = 0, end = rows): Promise<unknown[]> =>
    guard(file, async () => {
      checkPages(bytes, metadata, [name], file);
      const range = { rowStart: start, rowEnd: end, columns: [name] };
      const options = { file: buffer, metadata, utf8: false, compressors, ...range };
      const values = (await parquetReadObjects(options)).map((row) => row[name] as unknown);
      if (values.length === end - start) return values;
      const expected = `${end - start} values in column ${name}`;
      throw new DatasetError({ file, expected, found: String(values.length) });
    });
  return { file, metadata, schema, rows, column };
}

function bounded(inflate: Inflate): (input: Uint8Array, length: number) => Uint8Array {
  return (input, length) => plainBytes(inflate(input, { maxOutputLength: Math.max(length, 1) }));
}

async function guard<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof DatasetError) throw cause;
    const found = `a damaged one (${(cause as Error).message})`;
    throw new DatasetError({ file, expected: "a sound Parquet file", found, cause });
  }
}
