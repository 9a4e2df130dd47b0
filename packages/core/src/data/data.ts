import { invalid } from "../invalid.ts";
import { AS_IS, type Units } from "./units.ts";

/** Class numbers, one a sample; two bytes each for more than 256 classes. */
export type Labels = Uint8Array | Uint16Array;

/**
 * Samples as they are stored, and the units in which a model sees them: what a data set, a measure and a training run have
 * in common.
 */
export interface Data {
  /**
   * count samples one after another, in each the channels one after another. Bytes stay bytes: their sums are exact, and
   * they are eight times smaller.
   */
  readonly values: Uint8Array | Float32Array | Float64Array;
  readonly count: number;
  /** One sample: `[channels, height, width]`, or `[d]`. */
  readonly shape: readonly number[];
  readonly units: Units;
  readonly labels?: Labels | undefined;
  /** The name of class k at place k. */
  readonly classNames?: readonly string[] | undefined;
  /** What was loaded: "mnist", or a file's or folder's name. */
  readonly name?: string | undefined;
  /** Which part of it: "train", "test", …. */
  readonly split?: string | undefined;
  /** What was done since, in order: "classes 1,8", "first 5000 per class", "pad 32". */
  readonly selection?: readonly string[] | undefined;
  /** The file or folder that the numbers came from. */
  readonly source?: string | undefined;
}

/** Numbers in one sample of this shape, d. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/**
 * Samples of a shape, in these units. Floats are taken as they are unless told otherwise; bytes need units.
 *
 * @throws RangeError when the values are not whole samples, or bytes without units
 * @example dataOf(latents, [4, 16, 16])
 * @example dataOf(pixels, [3, 32, 32], SYMMETRIC)
 */
export function dataOf(values: Data["values"], shape: readonly number[], units?: Units): Data {
  const size = checkShape("dataOf", shape);
  if (values.length % size !== 0)
    throw invalid("dataOf", `values must hold whole samples of ${size} numbers`, values.length);
  if (units === undefined && values instanceof Uint8Array) throw bytesNeedUnits("dataOf");
  return { values, count: values.length / size, shape, units: units ?? AS_IS };
}

/** The number of samples; throws unless the values, the shape and the units fit together and there are at least `least`. */
export function checkData(where: string, data: Data, least: number = 1): number {
  const { values, count, shape, units, labels } = data;
  const size = checkShape(where, shape);
  if (!Number.isInteger(count) || values.length !== count * size)
    throw invalid(
      where,
      `data.values must hold count (${count}) samples of ${size} numbers`,
      values.length,
    );
  if (count < least)
    throw invalid(where, `data must hold at least ${least} sample${least > 1 ? "s" : ""}`, count);
  if (labels !== undefined && labels.length !== count)
    throw invalid(where, `data.labels must be one a sample, ${count}`, labels.length);
  if (units === undefined && values instanceof Uint8Array) throw bytesNeedUnits(where);
  if (units === undefined)
    throw invalid(where, "data.units must say what the model sees (AS_IS: the numbers)", units);
  checkMap(where, units, shape);
  return count;
}

/** Throws at the first value that is not finite, naming its place; `first` is the number of the first sample. */
export function checkFinite(
  where: string,
  values: ArrayLike<number>,
  size: number,
  first: number = 0,
): void {
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i]!)) {
      const place = `sample ${first + Math.floor(i / size)}, coordinate ${i % size}`;
      throw invalid(where, `data.values must be finite (${place})`, values[i]);
    }
}

/** The samples at these places, with their labels. */
export function takeSamples(data: Data, indices: ArrayLike<number>): Data {
  const size = sizeOf(data.shape);
  const values = arrayLike(data.values, indices.length * size);
  const labels = data.labels && arrayLike(data.labels, indices.length);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    values.set(data.values.subarray(index * size, (index + 1) * size), i * size);
    if (labels) labels[i] = data.labels![index]!;
  }
  return { ...data, values, labels, count: indices.length };
}

/** A new array of the same type. */
export function arrayLike<T extends Data["values"] | Labels>(values: T, length: number): T {
  return new (values.constructor as new (length: number) => T)(length);
}

/** Samples first … last − 1; nothing is copied. */
export function sliceSamples(data: Data, first: number, last: number): Data {
  const size = sizeOf(data.shape);
  const values = data.values.subarray(first * size, last * size);
  const labels = data.labels?.subarray(first, last);
  return { ...data, values, labels, count: values.length / size };
}

/** Samples in pieces of `length`, in order; the last may be shorter. Nothing is copied. */
export function* slices(data: Data, length: number): Generator<Data, void, undefined> {
  if (!Number.isInteger(length) || length < 1)
    throw invalid("slices", "length must be a positive integer", length);
  for (let first = 0; first < data.count; first += length)
    yield sliceSamples(data, first, Math.min(first + length, data.count));
}

/** The bytes of images, for pictures; throws for floats. */
export function bytesOf(where: string, { values }: Pick<Data, "values">): Uint8Array {
  if (values instanceof Uint8Array) return values;
  throw invalid(where, "data must be bytes: floats are no pixels", values.constructor.name);
}

/** One image: channels, height, width. */
export type ImageShape = readonly [channels: number, height: number, width: number];

/** The shape of images; throws for data of another shape. */
export function imageShape(where: string, { shape }: Pick<Data, "shape">): ImageShape {
  if (shape.length === 3) return [shape[0]!, shape[1]!, shape[2]!];
  throw invalid(where, "data must be images, channels × height × width", shape.join(" × "));
}

function checkShape(where: string, shape: readonly number[]): number {
  if (shape.length > 0 && shape.every((length) => Number.isInteger(length) && length > 0))
    return sizeOf(shape);
  throw invalid(where, "data.shape must list positive integers", shape);
}

/**
 * Throws unless the map fits samples of this shape: one a and b for all, or one for each channel. A flat sample may be cut into
 * any number of equal channels.
 */
export function checkMap(where: string, { a, b }: Units, shape: readonly number[]): void {
  const channels = a.length;
  const fits = shape.length === 1 ? shape[0]! % channels === 0 : channels === shape[0];
  if (channels === 0 || channels !== b.length || !(channels === 1 || fits))
    throw invalid(where, `units must have one a and b for each channel of ${shape.join("×")}`, a);
  if (!a.every((factor) => Number.isFinite(factor) && factor !== 0) || !b.every(Number.isFinite))
    throw invalid(where, "units must be finite with factors other than 0", [...a, ...b]);
}

function bytesNeedUnits(where: string): RangeError {
  return invalid(
    where,
    'bytes must say in which units a model sees them: withUnits(data, "symmetric") for pixels, AS_IS if they are really numbers',
    "no units",
  );
}
