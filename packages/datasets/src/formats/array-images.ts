import { type Data, type ImageShape, type Labels, SYMMETRIC } from "@symbreak/core";
import { DatasetError } from "../dataset-error.ts";
import { packLabels } from "../labels.ts";
import { arrayBytes, type Range } from "./array-bytes.ts";
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
 * @throws DatasetError when it has another number of dimensions, no images, or pixels that are not bytes
 */
export function arrayImages(
  array: NpyArray,
  file: string,
  { range, layout }: ArrayOptions = {},
): Pick<Data, "values" | "shape" | "count" | "units"> {
  const [shape, order] = imagesOf(array.shape, file, layout);
  const count = array.shape[0]!;
  if (array.data.length === 0) {
    const found = `(${array.shape.join(", ")})`;
    throw new DatasetError({ file, expected: "at least one image and one pixel", found });
  }
  const bytes = arrayBytes(array, file, range);
  if (order === "NCHW") return { values: bytes, shape, count, units: SYMMETRIC };
  const values = new Uint8Array(bytes.length);
  const size = bytes.length / count;
  for (let i = 0; i < bytes.length; i += size) {
    channelsFirst(bytes.subarray(i, i + size), shape[0], values, i);
  }
  return { values, shape, count, units: SYMMETRIC };
}

/** An array of N, or N×1, as labels. */
export function arrayLabels({ shape, data }: NpyArray, file: string, count: number): Labels {
  if (data.length === count && shape[0] === count) return packLabels(data, file);
  const expected = `${count} labels, one for each image`;
  throw new DatasetError({ file, expected, found: `an array of (${shape.join(", ")})` });
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

/** A flattened image: one square channel, three (CIFAR's rows), or just d numbers. */
function stripShape(size: number): ImageShape {
  for (const channels of [1, 3]) {
    const side = Math.round(Math.sqrt(size / channels));
    if (channels * side * side === size) return [channels, side, side];
  }
  return [1, 1, size];
}
