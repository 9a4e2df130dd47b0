import { DatasetError } from "../dataset-error.ts";
import { checkDigest } from "../digest.ts";
import { gunzip, isGzip } from "./gunzip.ts";
import { type IdxArray, idxLayout, parseIdx } from "./parse-idx.ts";
import { readBytes } from "./read-bytes.ts";

const DIMENSIONS = { 1: "labels", 3: "images" } as const;

/**
 * Reads an idx file (LeCun's format of MNIST), gzipped or not: one dimension for labels, three for images.
 *
 * @param digest SHA-256 that the unpacked file must have, where one is known
 * @throws DatasetError on any other format, number of dimensions, length or digest
 */
export async function readIdx(file: string, dimensions: 1 | 3, digest?: string): Promise<IdxArray> {
  const raw = await readBytes(file);
  const bytes = isGzip(raw) ? gunzip(raw, file, idxLayout) : raw;
  const array = parseIdx(bytes, file);
  if (array.shape.length !== dimensions) {
    throw new DatasetError({
      file,
      offset: 3,
      expected: `${dimensions} dimension${dimensions > 1 ? "s" : ""} (${DIMENSIONS[dimensions]})`,
      found: `${array.shape.length} (${array.shape.join(" × ")})`,
    });
  }
  if (digest !== undefined) checkDigest(bytes, digest, file);
  return array;
}
