import { basename } from "node:path";
import type { Data } from "@symbreak/core";
import { type Findings, findings } from "../load-report.ts";
import { resizeSteps } from "../select/resize.ts";
import { selectionSteps } from "../select/select.ts";
import type { ArrayOptions } from "./array-images.ts";
import { type DecodeOptions, decodeImages } from "./decode-images.ts";
import { openParquet } from "./open-parquet.ts";
import { parquetImages } from "./parse-parquet.ts";

/**
 * Reads images from Parquet files: see `parquetImages`.
 *
 * @param files the shards of one split, in order
 */
export async function readParquetImages(
  files: readonly string[],
  options: DecodeOptions & ArrayOptions = {},
  found: Findings = findings(),
): Promise<Data> {
  const shards = await Promise.all(files.map(openParquet));
  const images = await parquetImages(
    shards,
    (encoded, most) => decodeImages(encoded.length, async (i) => encoded[i]!, options, found, most),
    options,
    found,
  );
  const source = files[0]!;
  return {
    name: basename(source).replace(/\.parquet$/, ""),
    split: undefined,
    selection: [...selectionSteps(options, images.classNames), ...resizeSteps(options)],
    ...images,
    source,
  };
}
