import { sizeOf } from "@symbreak/core";
import fc from "fast-check";
import { parquetWriteBuffer } from "hyparquet-writer";
import { beforeAll, expect, test } from "vitest";
import { readParquetImages } from "../../src/formats/parquet.ts";
import { findings } from "../../src/load-report.ts";
import { png } from "../support/encode.ts";
import { damaged, validOrRefused } from "../support/fuzz.ts";
import { huggingFace } from "../support/parquet.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const folder = temporaryFolder();
let images: Uint8Array[];
beforeAll(async () => {
  images = await Promise.all([10, 20, 30, 40, 50].map((value) => png([value, value], 2, 1)));
});
const rowsOf = (labels: readonly (number | null)[]) =>
  labels.map((label, i) => ({ image: images[i]!, label }));

test("images, labels and class names come from the layout of Hugging Face", async () => {
  const bytes = huggingFace(rowsOf([0, 1, 0, 1, 2]), { names: ["a", "b", "c"] });
  const set = await readParquetImages([folder.write("set.parquet", bytes)]);
  expect(set).toMatchObject({
    name: "set",
    count: 5,
    shape: [1, 1, 2],
    classNames: ["a", "b", "c"],
  });
  expect(Array.from(set.labels!)).toEqual([0, 1, 0, 1, 2]);
  expect(Array.from(set.values)).toEqual([10, 10, 20, 20, 30, 30, 40, 40, 50, 50]);
});

test("shards follow each other, and a selection spans them", async () => {
  const shards = [rowsOf([0, 1]), rowsOf([1, 0, 1])].map((rows, i) =>
    folder.write(`train-0000${i}-of-00002.parquet`, huggingFace(rows)),
  );
  const all = await readParquetImages(shards);
  expect(Array.from(all.labels!)).toEqual([0, 1, 1, 0, 1]);
  expect(Array.from(all.values)).toEqual([10, 10, 20, 20, 10, 10, 20, 20, 30, 30]);
  const ones = await readParquetImages(shards, { classes: [1], limit: 2 });
  expect(Array.from(ones.values)).toEqual([20, 20, 10, 10]);
  expect(ones.selection).toEqual(["classes 1", "first 2"]);
});

test("a row that is not chosen is not decoded", async () => {
  const rows = [...rowsOf([0, 0]), { image: Uint8Array.of(1, 2, 3), label: 1 }];
  const file = folder.write("bad.parquet", huggingFace(rows));
  expect((await readParquetImages([file], { classes: [0] })).count).toBe(2);
  await expect(readParquetImages([file])).rejects.toThrow(
    `${file}, row 2, byte 0: expected a PNG, JPEG, WebP, GIF, TIFF or AVIF, found 010203`,
  );
});

test("a split whose labels are all missing or −1 has none", async () => {
  for (const label of [-1, null]) {
    const file = folder.write("test.parquet", huggingFace(rowsOf([label, label])));
    expect((await readParquetImages([file])).labels).toBeUndefined();
  }
  const mixed = folder.write("mixed.parquet", huggingFace(rowsOf([1, null])));
  const found = findings();
  const set = await readParquetImages([mixed], {}, found);
  expect(set).toMatchObject({ count: 2, labels: undefined });
  expect(found.report().notes).toEqual(["the labels were left out: 1 of 2 rows have none"]);
});

test("labels that are strings or truths are classes with names", async () => {
  const named = (labels: unknown[], type: "STRING" | "BOOLEAN") =>
    new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: "image", data: images.slice(0, labels.length), type: "BYTE_ARRAY" },
          { name: "label", data: labels, type },
        ],
      }),
    );
  const cats = folder.write("cats.parquet", named(["dog", "cat", "dog"], "STRING"));
  expect(await readParquetImages([cats])).toMatchObject({
    labels: Uint8Array.of(1, 0, 1),
    classNames: ["cat", "dog"],
  });
  const truths = folder.write("truths.parquet", named([true, false], "BOOLEAN"));
  expect(await readParquetImages([truths])).toMatchObject({
    labels: Uint8Array.of(1, 0),
    classNames: ["false", "true"],
  });
});

test("a row without an image is named", async () => {
  const rows = [...rowsOf([0, 0]), { image: null, label: 0 }];
  const file = folder.write("null.parquet", huggingFace(rows));
  await expect(readParquetImages([file])).rejects.toThrow(`${file}, row 2: expected image bytes`);
});

test("a plain column of bytes will do", async () => {
  const data = images.slice(0, 2);
  const bytes = parquetWriteBuffer({ columnData: [{ name: "picture", data, type: "BYTE_ARRAY" }] });
  const set = await readParquetImages([folder.write("plain.parquet", new Uint8Array(bytes))]);
  expect(set).toMatchObject({ count: 2, labels: undefined, shape: [1, 1, 2] });
});

test("a table without images, and one without rows, are refused", async () => {
  const table = parquetWriteBuffer({ columnData: [{ name: "age", data: [1, 2], type: "INT32" }] });
  const file = folder.write("table.parquet", new Uint8Array(table));
  await expect(readParquetImages([file])).rejects.toThrow(
    `${file}: expected a column of image bytes ({ bytes, path }), found age`,
  );
  const empty = folder.write("empty.parquet", huggingFace([]));
  await expect(readParquetImages([empty])).rejects.toThrow("expected images, found no rows");
});

test("resize brings images of differing size together", async () => {
  const rows = [...rowsOf([0]), { image: await png([1, 2, 3, 4], 2, 1), label: 0 }];
  const file = folder.write("sizes.parquet", huggingFace(rows));
  await expect(readParquetImages([file])).rejects.toThrow("Give resize");
  expect((await readParquetImages([file], { resize: 2 })).shape).toEqual([1, 2, 2]);
});

test("any truncation or flipped bits give a set that fits its shape, or a DatasetError", async () => {
  const bytes = huggingFace(rowsOf([0, 1, 2, 3, 0]), { names: ["a", "b", "c", "d"] });
  await fc.assert(
    fc.asyncProperty(damaged(bytes), (broken) =>
      validOrRefused(
        () => readParquetImages([folder.write("damaged.parquet", broken)]),
        (set) => expect(set.values.length).toBe(set.count * sizeOf(set.shape)),
      ),
    ),
    { numRuns: 300 },
  );
});
