import { invalid } from "@symbreak/core";
import { DatasetError } from "../dataset-error.ts";
import type { NpyArray, NpyData } from "./parse-npy.ts";

/** The values that stand for black (0) and white (255). */
export type Range = readonly [black: number, white: number];

/** How far from a byte a number may lie and still be taken for it: rounding of half and single precision. */
const TOLERANCE = { f2: 0.1, other: 0.01 };

/**
 * Pixels as bytes, without loss: integers of 0 to 255, or floats that are k/255 or k/127.5 − 1 (then the range is
 * [0, 1] or [−1, 1]). Other values need a `range`, and are rounded to the nearest of its 256 levels.
 *
 * @throws DatasetError when the values are none of these, or leave the range
 */
export function arrayBytes(array: NpyArray, file: string, range?: Range): Uint8Array {
  const { data, type } = array;
  if (range !== undefined) {
    const [low, high] = extent(data);
    const [least, most] = checkRange(range);
    if (low >= least && high <= most) return quantise(data, range);
    const expected = `values from ${least} to ${most}, the range given`;
    throw new DatasetError({ file, expected, found: `${low} to ${high}` });
  }
  if (type === "u1") return data as Uint8Array;
  const pixels = pixelRange(array);
  if (pixels !== undefined) return quantise(data, pixels);
  const [low, high] = extent(data);
  throw new DatasetError({
    file,
    expected: "pixels that are bytes: integers of 0 to 255, k/255, or k/127.5 − 1",
    found: `${type} values from ${low} to ${high}`,
    hint: "Give range, the values that stand for black and white, to round them to 256 levels",
  });
}

/** The range of values that are plainly bytes; undefined for others. */
export function pixelRange({ data, type }: NpyArray): Range | undefined {
  if (type === "b1") return [0, 1];
  const [low, high] = extent(data);
  const tolerance = type === "f2" ? TOLERANCE.f2 : TOLERANCE.other;
  const isFloat = type.startsWith("f");
  if (isFloat && low >= 0 && high <= 1 && fits(data, [0, 1], tolerance)) return [0, 1];
  if (isFloat && low >= -1 && high <= 1 && fits(data, [-1, 1], tolerance)) return [-1, 1];
  return low >= 0 && high <= 255 && fits(data, [0, 255], 0) ? [0, 255] : undefined;
}

/** The ends of a range in ascending order: black may be the larger. */
function checkRange([black, white]: Range): Range {
  if (Number.isFinite(black - white) && black !== white) {
    return black < white ? [black, white] : [white, black];
  }
  throw invalid("loadDataset", "range must be two different finite numbers", `${black}, ${white}`);
}

function extent(data: NpyData): Range {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function fits(data: NpyData, [black, white]: Range, tolerance: number): boolean {
  const factor = 255 / (white - black);
  for (let i = 0; i < data.length; i++) {
    const level = (data[i]! - black) * factor;
    if (Math.abs(level - Math.round(level)) > tolerance) return false;
  }
  return true;
}

function quantise(data: NpyData, [black, white]: Range): Uint8Array {
  const bytes = new Uint8Array(data.length);
  const factor = 255 / (white - black);
  for (let i = 0; i < data.length; i++) bytes[i] = Math.round((data[i]! - black) * factor);
  return bytes;
}
