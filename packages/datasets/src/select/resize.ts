import { bytesOf, type Data, imageShape, invalid } from "@symbreak/core";
import { concurrently } from "../formats/concurrently.ts";

/** As for decoding: libuv has four threads. */
const AT_ONCE = 8;

/** Pixels of an image: a square's side, or width and height. */
export type Size = number | readonly [width: number, height: number];

/** How an image of other proportions is brought to a size. */
export type Fit = "crop" | "pad" | "stretch";

/** What sharp calls them. */
export const SHARP_FIT = { crop: "cover", pad: "contain", stretch: "fill" } as const;

/** What happened to an image whose proportions were others. */
export const FITTED: Readonly<Record<Fit, string>> = {
  crop: "of other proportions were cut evenly at two sides",
  pad: "of other proportions were set on black margins",
  stretch: "of other proportions were stretched",
};

/** Width and height. */
export function sidesOf(size: Size): readonly [width: number, height: number] {
  return typeof size === "number" ? [size, size] : size;
}

/** A size in pixels that makes sense. */
export function checkSize(where: string, size: Size): void {
  const sides = sidesOf(size);
  const sound = (n: number): boolean => Number.isInteger(n) && n > 0 && n <= 4096;
  if (sides.length === 2 && sides.every(sound)) return;
  throw invalid(where, "resize must be a number of pixels from 1 to 4096, or two", size);
}

/** The resize in words, for `Data.selection`. */
export function resizeSteps({
  resize,
  fit,
}: {
  readonly resize?: Size;
  readonly fit?: Fit;
}): string[] {
  if (resize === undefined) return [];
  const size = typeof resize === "number" ? String(resize) : resize.join("×");
  return [fit === undefined ? `resize ${size}` : `resize ${size}, ${fit}`];
}

/**
 * Brings each image to a size by Lanczos 3: unless `fit` says otherwise the shorter side fits, and the longer is cut evenly on
 * both ends.
 *
 * About 1 ms an image: select first.
 */
export async function resize(set: Data, size: Size, fit?: Fit): Promise<Data> {
  checkSize("resize", size);
  const { default: sharp } = await import("sharp");
  const [channels, height, width] = imageShape("resize", set);
  const stored = bytesOf("resize", set);
  const [wide, high] = sidesOf(size);
  const planes = set.count * channels;
  const values = new Uint8Array(planes * wide * high);
  const area = height * width;
  await concurrently(planes, AT_ONCE, async (plane) => {
    const pixels = stored.subarray(plane * area, (plane + 1) * area);
    const resized = await sharp(pixels, { raw: { width, height, channels: 1 } })
      .resize(wide, high, { fit: SHARP_FIT[fit ?? "crop"], background: "black" })
      .toColourspace("b-w")
      .raw()
      .toBuffer();
    values.set(resized, plane * wide * high);
  });
  const steps = resizeSteps({ resize: size, ...(fit && { fit }) });
  return {
    ...set,
    values,
    shape: [channels, high, wide],
    selection: [...(set.selection ?? []), ...steps],
  };
}
