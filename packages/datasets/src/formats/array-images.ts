import { AS_IS, arrayLike, type Data, type ImageShape, SYMMETRIC } from "@symbreak/core";
import { DatasetError } from "../dataset-error.ts";
import { arrayBytes, pixelRange, type Range } from "./array-bytes.ts";
import { channelsFirst } from "./channels-first.ts";
import type { NpyArray } from "./parse-npy.ts";

/** Where the channels stand in a four-dimensional array: last (NumPy, Keras) or second (PyTorch). */
export type Layout = "NHWC" | "NCHW";

/** What an array cannot say of itself. */
export interface ArrayOptions {
  /** The values of black and white; needed when pixels are not plainly bytes. */
  readonly range?: Range;
  /** Needed only when both axes could be channels. */
  readonly layout?: Layout;
}

/**
 * An array as images: N×H×W, N×H×W×C, N×C×H×W, or N×d rows (a square, three square channels, or a 1×d strip).
 *
 * Floats that are no pixels (`pixelRange`) stay floats, seen as they are: latents, features, points. Their N×d rows have the
 * shape [d], and of four axes the second are the channels unless only the last could be.
 *
 * @throws DatasetError when it has another number of dimensions, no images, or integers that are not bytes
 */
export function arrayImages(
  array: NpyArray,
  file: string,
  { range, layout }: ArrayOptions = {},
): Pick<Data, "values" | "shape" | "count" | "units"> {
  const count = array.shape[0]!;
  if (array.data.length === 0) {
    const found = `(${array.shape.join(", ")})`;
    throw new DatasetError({ file, expected: "at least one image and one pixel", found });
  }
  const isReal = array.type.startsWith("f") && range === undefined && !pixelRange(array);
  const [shape, order] = isReal
    ? realShape(array.shape, file, layout)
    : imagesOf(array.shape, file, layout);
  const stored = isReal ? (array.data as Float32Array) : arrayBytes(array, file, range);
  const units = isReal ? AS_IS : SYMMETRIC;
  if (order === "NCHW") return { values: stored, shape, count, units };
  const values = arrayLike(stored, stored.length);
  const size = stored.length / count;
  for (let i = 0; i < stored.length; i += size) {
    channelsFirst(stored.subarray(i, i + size), shape[0]!, values, i);
  }
  return { values, shape, count, units };
}

function imagesOf(shape: readonly number[], file: string, layout?: Layout): [ImageShape, Layout] {
  const [, a = 1, b = 1, c = 1] = shape;
  const fail = (expected: string): never => {
    throw new DatasetError({ file, expected, found: `(${shape.join(", ")})` });
  };
  if (shape.length === 2) return [stripShape(a), "NCHW"];
  if (shape.length === 3) return [[1, a, b], "NCHW"];
  if (shape.length !== 4) return fail("an array of 2, 3 or 4 dimensions");
  const isLast = layout === "NHWC" || (layout === undefined && isChannels(c));
  const isSecond = layout === "NCHW" || (layout === undefined && isChannels(a));
  if (isLast && isSecond) return fail("channels on one axis; give layout to say which");
  if (isSecond) return [[a, b, c], "NCHW"];
  if (isLast) return [[c, a, b], "NHWC"];
  return fail("1 or 3 channels on the last or second axis; give layout for another number");
}

function isChannels(size: number): boolean {
  return size === 1 || size === 3;
}

/** The shape of numbers that are no pixels. */
function realShape(
  shape: readonly number[],
  file: string,
  layout?: Layout,
): [readonly number[], Layout] {
  const [, a = 1, b = 1, c = 1] = shape;
  if (shape.length === 2) return [[a], "NCHW"];
  if (shape.length !== 4) return imagesOf(shape, file, layout);
  const last = layout === "NHWC" || (layout === undefined && isChannels(c) && !isChannels(a));
  return last ? [[c, a, b], "NHWC"] : [[a, b, c], "NCHW"];
}

/** A flattened image: one square channel, three (CIFAR's rows), or just d numbers. */
function stripShape(size: number): ImageShape {
  for (const channels of [1, 3]) {
    const side = Math.round(Math.sqrt(size / channels));
    if (channels * side * side === size) return [channels, side, side];
  }
  return [1, 1, size];
}
