import type { FileMetaData } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { DatasetError } from "../dataset-error.ts";

/** No codec of Parquet unpacks to more than this many times its input, deflate being the densest. */
const DENSEST = 1032;

/**
 * Checks what the page headers of these columns promise, before hyparquet believes it: one flipped bit in a count
 * would keep it busy for hours.
 *
 * @param columns top-level columns, none of them repeated, so that each has one value a row
 */
export function checkPages(
  bytes: Uint8Array,
  metadata: FileMetaData,
  columns: readonly string[],
  file: string,
): void {
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows);
    // An image takes more than a bit.
    check(rows <= bytes.length * 8, file, 0, "as many rows as can be in the file", rows);
    for (const { meta_data: chunk } of group.columns) {
      if (!columns.includes(chunk?.path_in_schema[0] ?? "")) continue;
      const start = Number(chunk!.dictionary_page_offset ?? chunk!.data_page_offset);
      const end = start + Number(chunk!.total_compressed_size);
      const inside = start >= 4 && start < end && end <= bytes.length;
      check(inside, file, start, `a column within the file's ${bytes.length} bytes`, end);
      checkChunk(bytes.subarray(start, end), rows, file, start);
    }
  }
}

function checkChunk(chunk: Uint8Array, rows: number, file: string, start: number): void {
  const reader = { view: new DataView(chunk.buffer, chunk.byteOffset, chunk.length), offset: 0 };
  let seen = 0;
  while (reader.offset < chunk.length) {
    const at = start + reader.offset;
    const header = parquetHeader(reader);
    const { compressed_page_size: packed, uncompressed_page_size: size } = header;
    const left = chunk.length - reader.offset;
    check(within(packed, left), file, at, `a page of at most ${left} bytes`, packed);
    const most = Math.max(packed * DENSEST, 64);
    check(within(size, most), file, at, `a page that unpacks to at most ${most} bytes`, size);
    const { data_page_header: v1, data_page_header_v2: v2, dictionary_page_header: words } = header;
    const values = (v1 ?? v2 ?? words)?.num_values;
    check(within(values, rows), file, at, `a page of at most ${rows} values, as rows`, values);
    if (v2 !== undefined) {
      check(
        within(v2.num_nulls, v2.num_values),
        file,
        at,
        "no more nulls than values",
        v2.num_nulls,
      );
      check(v2.num_rows === v2.num_values, file, at, "as many rows as values", v2.num_rows);
    }
    if (words === undefined) seen += values!;
    reader.offset += packed;
  }
  check(seen === rows, file, start, `${rows} values, one a row`, seen);
}

function within(value: number | undefined, most: number): boolean {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value <= most;
}

function check(
  holds: boolean,
  file: string,
  offset: number,
  expected: string,
  found: unknown,
): void {
  if (!holds) throw new DatasetError({ file, offset, expected, found: String(found) });
}
