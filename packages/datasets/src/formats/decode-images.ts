import type { ImageShape } from "@symbreak/core";
import { DatasetError } from "../dataset-error.ts";
import { checkSide } from "../select/resize.ts";
import type { Selection } from "../select/select.ts";
import { channelsFirst } from "./channels-first.ts";
import { concurrently } from "./concurrently.ts";
import { plainBytes } from "./plain-bytes.ts";
import { type Decoded, smallPng } from "./small-png.ts";

/** A PNG or JPEG in memory, and the name it goes by in messages. */
export interface EncodedImage {
  readonly bytes: Uint8Array;
  readonly file: string;
}

/** What a reader of encoded images may leave out before it decodes, and the size it brings them to. */
export interface DecodeOptions extends Selection {
  readonly split?: string;
  /** Side in pixels of the square that each image is brought to; needed when they differ in size. */
  readonly resize?: number;
}

/** More pixels than this in one image are refused, whatever its header promises. */
const MAX_PIXELS = 2 ** 26;
/** libuv's four threads do the decoding; more than a few waiting only cost memory. */
const AT_ONCE = 8;

/**
 * Decodes images that must share one size, or are brought to `resize` × `resize` (the shorter side fits, the longer
 * is cut evenly; Lanczos 3).
 *
 * A set in which every pixel of every image is gray has one channel; else all have three. Alpha is laid on black,
 * EXIF orientation applied, 16 bits reduced to 8.
 */
export async function decodeImages(
  count: number,
  load: (index: number) => Promise<EncodedImage>,
  resize?: number,
): Promise<{ values: Uint8Array; shape: ImageShape }> {
  if (resize !== undefined) checkSide("decodeImages", resize);
  const first = await load(0);
  const { width, height } = await decode(first, resize);
  const size = 3 * height * width;
  const images = new Uint8Array(count * size);
  await concurrently(count, AT_ONCE, async (i) => {
    const image = await load(i);
    const decoded = await decode(image, resize);
    if (decoded.width !== width || decoded.height !== height) {
      throw new DatasetError({
        file: image.file,
        expected: `${width} × ${height} pixels, as ${first.file} has`,
        found: `${decoded.width} × ${decoded.height}`,
        hint: "Give resize to bring all images to one size",
      });
    }
    channelsFirst(decoded.pixels, 3, images, i * size);
  });
  return isGray(images, height * width)
    ? { values: firstChannel(images, height * width), shape: [1, height, width] }
    : { values: images, shape: [3, height, width] };
}

/** One image as RGB pixels, row by row. */
export async function decode({ bytes, file }: EncodedImage, resize?: number): Promise<Decoded> {
  const plain = resize === undefined ? smallPng(bytes) : undefined;
  if (plain !== undefined) return plain;
  const magic = Buffer.from(bytes.subarray(0, 4)).toString("hex");
  if (magic !== "89504e47" && !magic.startsWith("ffd8ff")) {
    throw new DatasetError({
      file,
      offset: 0,
      expected: "a PNG or a JPEG",
      found: magic || "nothing",
    });
  }
  const { default: sharp } = await import("sharp");
  try {
    const image = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "warning" }).autoOrient();
    if (resize !== undefined) image.resize(resize, resize, { fit: "cover" });
    const { data, info } = await image
      .flatten()
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    return { pixels: plainBytes(data), width: info.width, height: info.height };
  } catch (cause) {
    const found = `one that does not decode (${(cause as Error).message})`;
    throw new DatasetError({ file, expected: "a sound PNG or JPEG", found, cause });
  }
}

function isGray(images: Uint8Array, area: number): boolean {
  for (let image = 0; image < images.length; image += 3 * area) {
    for (let p = image; p < image + area; p++) {
      if (images[p] !== images[p + area] || images[p] !== images[p + 2 * area]) return false;
    }
  }
  return true;
}

function firstChannel(images: Uint8Array, area: number): Uint8Array {
  const gray = new Uint8Array(images.length / 3);
  for (let from = 0, to = 0; to < gray.length; from += 3 * area, to += area) {
    gray.set(images.subarray(from, from + area), to);
  }
  return gray;
}
