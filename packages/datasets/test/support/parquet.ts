import { parquetWriteBuffer } from "hyparquet-writer";

/** What stands in one row of a test file. */
export interface Row {
  readonly image: Uint8Array | null;
  readonly label?: number | null;
}

/** A Parquet file in the layout of Hugging Face: `{ bytes, path }` and an integer label, three rows a group. */
export function huggingFace(
  rows: readonly Row[],
  {
    names,
    image = "image",
    label = "label",
  }: { names?: string[]; image?: string; label?: string } = {},
): Uint8Array {
  const features = {
    [image]: { _type: "Image" },
    ...(names && { [label]: { _type: "ClassLabel", names } }),
  };
  const optional = { repetition_type: "OPTIONAL" } as const;
  const buffer = parquetWriteBuffer({
    columnData: [
      {
        name: image,
        data: rows.map(({ image: bytes }, i) => bytes && { bytes, path: `${i}.png` }),
      },
      { name: label, data: rows.map((row) => (row.label == null ? null : BigInt(row.label))) },
    ],
    schema: [
      { name: "root", num_children: 2 },
      { name: image, num_children: 2, ...optional },
      { name: "bytes", type: "BYTE_ARRAY", ...optional },
      { name: "path", type: "BYTE_ARRAY", converted_type: "UTF8", ...optional },
      { name: label, type: "INT64", ...optional },
    ],
    rowGroupSize: 3,
    ...(names && {
      kvMetadata: [{ key: "huggingface", value: JSON.stringify({ info: { features } }) }],
    }),
  });
  return new Uint8Array(buffer);
}
