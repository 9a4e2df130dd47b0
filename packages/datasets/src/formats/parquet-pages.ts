import type { AsyncBuffer, ColumnMetaData } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { DatasetError } from "../dataset-error.ts";
import { DEFLATE_LIMIT, MAX_BYTES } from "./unpacked.ts";

/** A page that unpacks to no more is believed whatever its size. */
const SMALL_PAGE = 2 ** 16;

/**
 * Checks what the page headers of a column chunk promise, before hyparquet believes it: one flipped bit in a count
 * would keep it busy for hours.
 *
 * @param chunk of a column that is not repeated, so that it has one value a row; of `lists` any number that its bytes could hold
 */
export async function checkPages(
  buffer: AsyncBuffer,
  chunk: ColumnMetaData,
  rows: number,
  file: string,
  lists = false,
): Promise<void> {
  const start = Number(chunk.dictionary_page_offset ?? chunk.data_page_offset);
  const end = start + Number(chunk.total_compressed_size);
  const inside = start >= 4 && start < end && end <= buffer.byteLength;
  check(inside, file, start, `a column within the file's ${buffer.byteLength} bytes`, end);
  const reader = { view: new DataView(await buffer.slice(start, end)), offset: 0 };
  const { byteLength } = reader.view;
  const mostValues = lists ? byteLength * DEFLATE_LIMIT : rows;
  let seen = 0;
  while (reader.offset < byteLength) {
    const at = start + reader.offset;
    const header = parquetHeader(reader);
    const { compressed_page_size: packed, uncompressed_page_size: size } = header;
    const left = byteLength - reader.offset;
    check(within(packed, left), file, at, `a page of at most ${left} bytes`, packed);
    const most = Math.min(MAX_BYTES, Math.max(SMALL_PAGE, packed * DEFLATE_LIMIT));
    check(within(size, most), file, at, `a page that unpacks to at most ${most} bytes`, size);
    const { data_page_header: v1, data_page_header_v2: v2, dictionary_page_header: words } = header;
    const values = (v1 ?? v2 ?? words)?.num_values;
    check(
      within(values, mostValues),
      file,
      at,
      `a page of at most ${mostValues} values, as rows`,
      values,
    );
    if (v2 !== undefined) {
      const { num_nulls: nulls, num_rows: pageRows } = v2;
      check(within(nulls, values!), file, at, `at most ${values} nulls, as values`, nulls);
      check(lists || pageRows === values, file, at, `${values} rows, as values`, pageRows);
    }
    if (words === undefined) seen += values!;
    reader.offset += packed;
  }
  check(lists || seen === rows, file, start, `${rows} values, one a row`, seen);
  check(seen <= mostValues, file, start, `at most ${mostValues} values`, seen);
}

/** Is it a count of 0 to `most`? */
export function within(value: number | undefined, most: number): boolean {
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
