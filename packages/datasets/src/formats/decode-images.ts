import type { ImageShape } from "@symbreak/core";
import { DatasetError } from "../dataset-error.ts";
import { type Findings, findings } from "../load-report.ts";
import { checkSize, FITTED, type Fit, SHARP_FIT, type Size, sidesOf } from "../select/resize.ts";
import type { Selection } from "../select/select.ts";
import { channelsFirst } from "./channels-first.ts";
import { concurrently } from "./concurrently.ts";
import type { EncodedImage } from "./encoded-image.ts";
import { plainBytes } from "./plain-bytes.ts";
import { type Decoded, smallPng } from "./small-png.ts";
import { MAX_BYTES, PIXELS_A_BYTE } from "./unpacked.ts";

/** What a reader of encoded images may leave out before it decodes, and the size it brings them to. */
export interface DecodeOptions extends Selection {
  readonly split?: string;
  /** Pixels that each image is brought to: a square's side, or width and height. Needed when images differ in size. */
  readonly resize?: Size;
  /** How an image of other proportions is brought there: cut evenly (default), on black margins, or stretched. */
  readonly fit?: Fit;
  /** Leave out images that do not decode, and name them, instead of refusing them all at once. Default false. */
  readonly skipDamaged?: boolean;
}

/** More pixels than this in one image are refused, whatever its header promises. */
const MAX_PIXELS = 2 ** 26;
/** libuv's four threads do the decoding; more than a few waiting only cost memory. */
const AT_ONCE = 8;
/** Damaged files that an error names. */
const NAMED = 20;

/**
 * Decodes images that must share one size, or are brought to `resize` (Lanczos 3).
 *
 * A set in which every pixel of every image is gray has one channel; else all have three. Alpha is laid on black, EXIF
 * orientation applied, 16 bits reduced to 8, other colours taken to sRGB; `found` counts where that was so.
 *
 * @param most bytes that all of them may take
 * @returns the pixels, channels first, and which images are in them: all, but for damaged ones that are skipped
 */
export async function decodeImages(
  count: number,
  load: (index: number) => Promise<EncodedImage>,
  options: DecodeOptions = {},
  found: Findings = findings(),
  most: number = MAX_BYTES,
): Promise<{ values: Uint8Array; shape: ImageShape; kept: number[] }> {
  const { resize, skipDamaged = false } = options;
  if (resize !== undefined) checkSize("decodeImages", resize);
  let first: (Decoded & { readonly file: string }) | undefined;
  let images = new Uint8Array(0);
  const damage = new Map<number, DatasetError>();
  const put = async (i: number): Promise<void> => {
    const image = await load(i);
    const decoded = await decode(image, options, found).catch((error: unknown) => {
      if (!(error instanceof DatasetError)) throw error;
      damage.set(i, error);
    });
    if (decoded === undefined) return;
    if (first === undefined) {
      first = { ...decoded, file: image.file };
      images = new Uint8Array(checkTotal(count, first, most));
    }
    const { width, height } = first;
    if (decoded.width !== width || decoded.height !== height) {
      throw new DatasetError({
        file: image.file,
        expected: `${width} × ${height} pixels, as ${first.file} has`,
        found: `${decoded.width} × ${decoded.height}`,
        hint: "Give resize to bring all images to one size",
      });
    }
    channelsFirst(decoded.pixels, 3, images, i * 3 * width * height);
  };
  let begun = 0;
  while (first === undefined && begun < count) await put(begun++);
  await concurrently(count - begun, AT_ONCE, (i) => put(begun + i));
  const errors = [...damage].sort(([a], [b]) => a - b).map(([, error]) => error);
  if (errors.length > 0 && (!skipDamaged || first === undefined)) throw allOf(errors, count);
  for (const { message } of errors) found.skip(message);
  const { width, height } = first!;
  const area = height * width;
  const kept = Array.from({ length: count }, (_, i) => i).filter((i) => !damage.has(i));
  for (const [to, from] of kept.entries())
    if (to !== from) images.copyWithin(to * 3 * area, from * 3 * area, (from + 1) * 3 * area);
  const sound = images.subarray(0, kept.length * 3 * area);
  return isGray(sound, area)
    ? { values: firstChannel(sound, area), shape: [1, height, width], kept }
    : { values: sound, shape: [3, height, width], kept };
}

/** One image as RGB pixels, row by row. */
export async function decode(
  { bytes, file }: EncodedImage,
  { resize, fit = "crop" }: Pick<DecodeOptions, "resize" | "fit"> = {},
  found: Findings = findings(),
): Promise<Decoded> {
  const plain = resize === undefined ? smallPng(bytes) : undefined;
  if (plain !== undefined) return plain;
  if (!isImage(bytes)) {
    throw new DatasetError({
      file,
      offset: 0,
      expected: "a PNG, JPEG, WebP, GIF, TIFF or AVIF",
      found: Buffer.from(bytes.subarray(0, 4)).toString("hex") || "nothing",
    });
  }
  const { default: sharp } = await import("sharp");
  const limitInputPixels = Math.min(MAX_PIXELS, bytes.length * PIXELS_A_BYTE);
  try {
    const image = sharp(bytes, { limitInputPixels, failOn: "error" }).autoOrient();
    const { width: wide, height: high, autoOrient: _, ...about } = await image.metadata();
    if (!PIXELS.includes(about.depth))
      throw new Error(`its numbers are of the type ${about.depth}: save them as .npy`);
    if (resize !== undefined) {
      const [width, height] = sidesOf(resize);
      image.resize(width, height, { fit: SHARP_FIT[fit], background: "black" });
      const turned = (about.orientation ?? 1) > 4;
      const [w, h] = turned ? [high, wide] : [wide, high];
      if (w * height !== h * width) found.changed(FITTED[fit]);
    }
    const { data, info } = await image
      .flatten()
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    if (about.hasAlpha) found.changed("with alpha were laid on black");
    if (about.depth !== "uchar") found.changed("of more than 8 bits were reduced to 8");
    if (about.space === "cmyk") found.changed("in CMYK were taken to sRGB");
    else if (about.hasProfile) found.changed("have a colour profile, which was not applied");
    if ((about.pages ?? 1) > 1 || isAnimatedPng(bytes))
      found.changed("have several frames, of which the first was read");
    return { pixels: plainBytes(data), width: info.width, height: info.height };
  } catch (cause) {
    const what = `one that does not decode (${(cause as Error).message})`;
    throw new DatasetError({ file, expected: "a sound PNG or JPEG", found: what, cause });
  }
}

/** Types of numbers that are pixels of 8 or 16 bits. */
const PIXELS: readonly string[] = ["uchar", "ushort"];

/** A PNG with the chunk acTL, which stands before the pixels (APNG): libvips knows of no frames in it. */
function isAnimatedPng(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = file.indexOf("acTL");
  return file.toString("hex", 0, 4) === "89504e47" && at > 0 && at < file.indexOf("IDAT");
}

/** The first bytes of what is read: PNG, JPEG, GIF, TIFF (both byte orders), WebP (RIFF), AVIF (ISO media). */
function isImage(bytes: Uint8Array): boolean {
  const hex = Buffer.from(bytes.subarray(0, 12)).toString("hex");
  if (hex.startsWith("52494646")) return hex.slice(16) === "57454250";
  if (hex.slice(8, 16) === "66747970") return true;
  return ["89504e47", "ffd8ff", "47494638", "49492a00", "4d4d002a"].some((m) => hex.startsWith(m));
}

/** All images in memory, three bytes a pixel. */
function checkTotal(
  count: number,
  { width, height, file }: Decoded & { file: string },
  most: number,
): number {
  const total = count * 3 * width * height;
  if (total <= most) return total;
  throw new DatasetError({
    file,
    expected: `images that take at most ${most} bytes together`,
    found: `${count} of ${width} × ${height} pixels`,
    hint: "Give resize, or limit",
  });
}

function allOf(errors: readonly DatasetError[], count: number): DatasetError {
  const [first] = errors;
  if (errors.length === 1) return first!;
  const named = errors.slice(0, NAMED).map(({ message }) => message);
  const more = errors.length > NAMED ? `, and ${errors.length - NAMED} more` : "";
  return new DatasetError({
    file: first!.file,
    expected: `${count} sound images`,
    found: `${errors.length} that are not: ${named.join("; ")}${more}`,
    hint: "Give skipDamaged to leave them out",
    cause: first,
  });
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
