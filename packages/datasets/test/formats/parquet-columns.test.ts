import { parquetMetadata, parquetSchema } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { expect, test } from "vitest";
import { imageColumns } from "../../src/formats/parquet-columns.ts";
import { huggingFace } from "../support/parquet.ts";

const columnsOf = (bytes: Uint8Array | ArrayBuffer) => {
  const metadata = parquetMetadata(bytes);
  return imageColumns(parquetSchema(metadata), metadata);
};
const row = { image: Uint8Array.of(1), label: 1 };

test("the metadata of Hugging Face names the columns and the classes", () => {
  const names = ["cat", "dog"];
  expect(columnsOf(huggingFace([row], { names, image: "picture", label: "kind" }))).toEqual({
    image: ["picture", "bytes"],
    label: ["kind"],
    classNames: names,
    others: [],
  });
});

test("without metadata the structure and the usual names do", () => {
  expect(columnsOf(huggingFace([row], { image: "photo", label: "fine_label" }))).toEqual({
    image: ["photo", "bytes"],
    label: ["fine_label"],
    classNames: undefined,
    others: [],
  });
  expect(columnsOf(huggingFace([row], { label: "age" }))?.label).toBeUndefined();
});

test("text is not taken for images", () => {
  const text = parquetWriteBuffer({ columnData: [{ name: "image", data: ["a"], type: "STRING" }] });
  expect(columnsOf(text)).toBeUndefined();
});

test("damaged metadata is as good as none", () => {
  const bytes = Buffer.from(huggingFace([row], { names: ["a", "b"] }));
  bytes.write("X", bytes.indexOf('{"info"'));
  expect(columnsOf(new Uint8Array(bytes))).toEqual({
    image: ["image", "bytes"],
    label: ["label"],
    classNames: undefined,
    others: [],
  });
});
