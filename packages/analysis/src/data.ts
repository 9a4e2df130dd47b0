import { invalid } from "@symbreak/core";

/** x = a[c] · value + b[c], one pair for each of a.length equal runs of coordinates (channels come first). */
export interface AffineScale {
  /** What to print beside a Λ: "unit", "symmetric", …. */
  readonly name?: string;
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** Samples as they are stored, and the units in which the model sees them. */
export interface Data {
  /** count × size, each sample contiguous. Bytes stay bytes: their sums are exact, and eight times smaller. */
  readonly values: Uint8Array | Float32Array | Float64Array;
  /** Numbers in one sample, d. */
  readonly size: number;
  /** Default: the values as they are. Λ and all times depend on it. */
  readonly scale?: AffineScale | undefined;
}

/** Data in one piece, not batches (an array has a method `values` too). */
export function isData(data: Data | object): data is Data {
  return "values" in data && ArrayBuffer.isView(data.values);
}

/** How many samples there are; throws unless the shape and the scale fit and there are at least `least`. */
export function countOf(where: string, { values, size, scale }: Data, least: number = 1): number {
  if (!Number.isInteger(size) || size < 1)
    throw invalid(where, "data.size must be a positive integer", size);
  if (values.length % size !== 0)
    throw invalid(where, `data.values must hold whole samples of ${size} numbers`, values.length);
  const count = values.length / size;
  if (count < least)
    throw invalid(where, `data must hold at least ${least} sample${least > 1 ? "s" : ""}`, count);
  if (scale === undefined) return count;
  const { a, b } = scale;
  if (a.length === 0 || a.length !== b.length || size % a.length !== 0)
    throw invalid(where, `data.scale must have one a and b for each channel of ${size} numbers`, a);
  if (!a.every((factor) => Number.isFinite(factor) && factor !== 0) || !b.every(Number.isFinite))
    throw invalid(where, "data.scale must be finite with factors other than 0", [...a, ...b]);
  return count;
}

/** Factor and offset of each coordinate. */
export function coordinateScale({ size, scale }: Data): { a: Float64Array; b: Float64Array } {
  const { a = [1], b = [0] } = scale ?? {};
  const area = size / a.length;
  return {
    a: Float64Array.from({ length: size }, (_, j) => a[Math.floor(j / area)]!),
    b: Float64Array.from({ length: size }, (_, j) => b[Math.floor(j / area)]!),
  };
}

/** Samples first … last − 1 as the model sees them, in double precision; throws at a value that is not finite. */
export function scaledRows(where: string, data: Data, first: number, last: number): Float64Array {
  const { values, size } = data;
  const { a, b } = coordinateScale(data);
  const out = new Float64Array((last - first) * size);
  for (let i = 0, at = first * size; i < out.length; )
    for (let j = 0; j < size; j++, i++, at++) out[i] = a[j]! * values[at]! + b[j]!;
  checkFinite(where, out, size, first);
  return out;
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
