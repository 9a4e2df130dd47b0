import { gzipSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import { expect, test } from "vitest";
import { openParquet } from "../../src/formats/open-parquet.ts";
import { huggingFace } from "../support/parquet.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
const rows = Array.from({ length: 7 }, (_, i) => ({ image: Uint8Array.of(i), label: i % 3 }));

test("a leaf is read group by group", async () => {
  const { groups, read } = await openParquet(folder.write("a.parquet", huggingFace(rows)));
  expect(groups).toEqual([3, 3, 1]);
  expect((await read(["label"], 0)).map(Number)).toEqual([0, 1, 2]);
  expect(await read(["image", "bytes"], 1)).toEqual([3, 4, 5].map((i) => Uint8Array.of(i)));
  expect(await read(["image", "path"], 2)).toEqual(["6.png"]);
  await expect(read(["image"], 0)).rejects.toThrow(
    "expected column image in row group 0, found none",
  );
});

test("rows that do not add up are refused", async () => {
  const bytes = huggingFace(rows);
  // The footer's third field, the number of rows: zigzag of 7.
  const at = Buffer.from(bytes).lastIndexOf(Buffer.from([0x16, 14, 0x19]));
  bytes[at + 1] = 16;
  await expect(openParquet(folder.write("lie.parquet", bytes))).rejects.toThrow(
    "expected groups that make up the 8 rows of the file, found 3 + 3 + 1",
  );
});

test("gzipped pages are unpacked, bounded by the size they state", async () => {
  const data = Array.from({ length: 1000 }, (_, i) => i % 5);
  const write = (gzip: (input: Uint8Array) => Uint8Array) =>
    new Uint8Array(
      parquetWriteBuffer({
        columnData: [{ name: "n", data, type: "INT32" }],
        codec: "GZIP",
        compressors: { GZIP: gzip },
      }),
    );
  const sound = await openParquet(
    folder.write(
      "gzip.parquet",
      write((input) => gzipSync(input)),
    ),
  );
  expect((await sound.read(["n"], 0)).length).toBe(1000);
  const bomb = write((input) => gzipSync(Buffer.concat([input, Buffer.alloc(10_000_000)])));
  const file = await openParquet(folder.write("bomb.parquet", bomb));
  await expect(file.read(["n"], 0)).rejects.toThrow("does not match its checksum");
});

test("what is not Parquet is refused with hyparquet's reason", async () => {
  for (const content of ["", "PAR1", "not a parquet file at all"]) {
    const file = folder.write("wrong.parquet", content);
    await expect(openParquet(file)).rejects.toThrow(
      `${file}: expected a sound Parquet file, found`,
    );
  }
  await expect(openParquet(`${folder.path}/none.parquet`)).rejects.toThrow("ENOENT");
});
