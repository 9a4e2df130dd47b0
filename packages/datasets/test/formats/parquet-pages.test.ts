import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { expect, test } from "vitest";
import { checkPages } from "../../src/formats/parquet-pages.ts";
import { huggingFace } from "../support/parquet.ts";

const rows = Array.from({ length: 5 }, (_, i) => ({ image: Uint8Array.of(i), label: i % 2 }));
const bytes = huggingFace(rows);
const buffer = bytes.buffer as ArrayBuffer;
const metadata = parquetMetadata(buffer);
const [group] = metadata.row_groups;
const chunk = group!.columns[0]!.meta_data!;

test("the chunks of a sound file pass", async () => {
  for (const { columns, num_rows: rowsHere } of metadata.row_groups) {
    for (const column of columns) {
      await checkPages(buffer, column.meta_data!, Number(rowsHere), "x");
    }
  }
});

test("a page header with any bit flipped is refused, or read without delay", async () => {
  const start = Number(chunk.data_page_offset);
  let refused = 0;
  const began = performance.now();
  for (let bit = start * 8; bit < (start + 24) * 8; bit++) {
    const copy = bytes.slice();
    copy[bit >> 3]! ^= 1 << (bit & 7);
    try {
      await checkPages(copy.buffer, chunk, 3, "x");
    } catch {
      refused++;
      continue;
    }
    // Without the check some of these take hours.
    const options = { file: copy.buffer, metadata, columns: ["image"], utf8: false };
    await parquetReadObjects(options).catch(() => undefined);
  }
  expect(refused).toBeGreaterThan(50);
  expect(performance.now() - began).toBeLessThan(5000);
});

test("another number of values than rows is refused", async () => {
  await expect(checkPages(buffer, chunk, 4, "x")).rejects.toThrow(
    "expected 4 values, one a row, found 3",
  );
  await expect(checkPages(buffer, chunk, 2, "x")).rejects.toThrow(
    "expected a page of at most 2 values, as rows, found 3",
  );
});

test("a chunk that leaves the file is refused", async () => {
  const lie = { ...chunk, total_compressed_size: 10_000n };
  await expect(checkPages(buffer, lie, 3, "x")).rejects.toThrow(
    `x, byte 4: expected a column within the file's ${bytes.length} bytes, found 10004`,
  );
});
