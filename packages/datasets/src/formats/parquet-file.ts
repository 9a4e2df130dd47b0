import type { AsyncBuffer, FileMetaData, SchemaTree } from "hyparquet";
import { DatasetError } from "../dataset-error.ts";
import { parquetCodecs } from "./parquet-codecs.ts";
import { checkPages, within } from "./parquet-pages.ts";

/** The names that lead to a leaf of the schema: `["label"]`, `["image", "bytes"]`. */
export type ColumnPath = readonly string[];

/** An open Parquet file. */
export interface ParquetFile {
  readonly file: string;
  /** Bytes of the file. */
  readonly length: number;
  readonly metadata: FileMetaData;
  readonly schema: SchemaTree;
  /** Rows in each group. */
  readonly groups: readonly number[];
  /** One value a row of a column in one group: of one that is repeated a list, of lists where it is so more than once. */
  readonly read: (column: ColumnPath, group: number) => Promise<unknown[]>;
}

/**
 * Reads the footer of what holds a Parquet file; columns are read when asked for.
 *
 * @throws DatasetError on what is not Parquet, or damaged
 */
export async function parquetFile(buffer: AsyncBuffer, file: string): Promise<ParquetFile> {
  const { parquetMetadataAsync, parquetSchema } = await import("hyparquet");
  const metadata = await guard(file, () => parquetMetadataAsync(buffer));
  const schema = await guard(file, async () => parquetSchema(metadata));
  const groups = metadata.row_groups.map((group) => Number(group.num_rows));
  // An image takes more than a bit.
  const most = buffer.byteLength * 8;
  const sum = groups.reduce((total, rows) => total + (within(rows, most) ? rows : Number.NaN), 0);
  if (sum !== Number(metadata.num_rows)) {
    const expected = `groups that make up the ${metadata.num_rows} rows of the file`;
    throw new DatasetError({ file, expected, found: groups.join(" + ") || "none" });
  }
  const read = (column: ColumnPath, group: number): Promise<unknown[]> =>
    guard(file, () => readColumn({ file, buffer, metadata, schema, column, group }));
  return { file, length: buffer.byteLength, metadata, schema, groups, read };
}

interface Request {
  readonly file: string;
  readonly buffer: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly schema: SchemaTree;
  readonly column: ColumnPath;
  readonly group: number;
}

/**
 * Reads one leaf of one group by showing hyparquet a file that has nothing else: it starts all columns at once, and
 * a second failure among them would reach nobody but the process.
 */
async function readColumn({
  file,
  buffer,
  metadata,
  schema,
  column,
  group,
}: Request): Promise<unknown[]> {
  const { parquetReadObjects } = await import("hyparquet");
  const rowGroup = metadata.row_groups[group]!;
  const rows = Number(rowGroup.num_rows);
  const chunk = rowGroup.columns.find(
    ({ meta_data: data }) => data?.path_in_schema.join("\0") === column.join("\0"),
  );
  if (chunk?.meta_data === undefined) {
    const expected = `column ${column.join(".")} in row group ${group}`;
    throw new DatasetError({ file, expected, found: "none" });
  }
  const path = pathOf(schema, column);
  const first = path.findIndex(({ element }) => element.repetition_type === "REPEATED");
  await checkPages(buffer, chunk.meta_data, rows, file, first >= 0);
  const alone: FileMetaData = {
    ...metadata,
    schema: leafSchema(schema, column),
    num_rows: rowGroup.num_rows,
    row_groups: [{ ...rowGroup, columns: [chunk] }],
  };
  const read = await parquetReadObjects({
    file: buffer,
    metadata: alone,
    utf8: false,
    compressors: await parquetCodecs(),
  });
  // What stands below a list in the schema is one of its values: the list itself stands above.
  const names = first < 0 ? column : column.slice(0, Math.max(1, first - 2));
  if (read.length === rows) return read.map((row) => valueAt(row, names));
  const expected = `${rows} values of ${column.join(".")} in row group ${group}`;
  throw new DatasetError({ file, expected, found: String(read.length) });
}

/** The schema of a file that has this one leaf. */
function leafSchema(root: SchemaTree, column: ColumnPath): FileMetaData["schema"] {
  return pathOf(root, column).map(({ element, children }) =>
    children.length > 0 ? { ...element, num_children: 1 } : element,
  );
}

/** The root, and what leads from it to a leaf. */
function pathOf(root: SchemaTree, column: ColumnPath): SchemaTree[] {
  const path = [root];
  for (const name of column) {
    path.push(path.at(-1)!.children.find(({ element }) => element.name === name)!);
  }
  return path;
}

function valueAt(row: unknown, column: ColumnPath): unknown {
  return column.reduce<unknown>((value, name) => (value as Record<string, unknown>)?.[name], row);
}

/** What hyparquet throws is damage of the file. */
export async function guard<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof DatasetError) throw cause;
    const found = `a damaged one (${(cause as Error).message})`;
    throw new DatasetError({ file, expected: "a sound Parquet file", found, cause });
  }
}
