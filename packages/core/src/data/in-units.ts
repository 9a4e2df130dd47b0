import { checkFinite, checkMap, type Data, sizeOf } from "./data.ts";
import { inverse, type Units } from "./units.ts";

/** Factor and offset of each coordinate. */
export function coordinateMap({ shape, units }: Pick<Data, "shape" | "units">): {
  a: Float64Array;
  b: Float64Array;
} {
  const size = sizeOf(shape);
  const area = size / units.a.length;
  return {
    a: Float64Array.from({ length: size }, (_, j) => units.a[Math.floor(j / area)]!),
    b: Float64Array.from({ length: size }, (_, j) => units.b[Math.floor(j / area)]!),
  };
}

/** Samples first … last − 1 as the model sees them, in double precision; throws at a value that is not finite. */
export function rowsInUnits(where: string, data: Data, first: number, last: number): Float64Array {
  const { values } = data;
  const size = sizeOf(data.shape);
  const { a, b } = coordinateMap(data);
  const out = new Float64Array((last - first) * size);
  for (let i = 0, at = first * size; i < out.length; )
    for (let j = 0; j < size; j++, i++, at++) out[i] = a[j]! * values[at]! + b[j]!;
  checkFinite(where, out, size, first);
  return out;
}

/** All samples as the model sees them, rounded once to single precision. */
export function inUnits({ values, shape, units }: Data): Float32Array {
  checkMap("inUnits", units, shape);
  const { a, b } = units;
  const area = sizeOf(shape) / a.length;
  const out = new Float32Array(values.length);
  for (let plane = 0, i = 0; i < out.length; plane++) {
    const c = plane % a.length;
    const [factor, offset] = [a[c]!, b[c]!];
    for (const end = i + area; i < end; i++) out[i] = factor * values[i]! + offset;
  }
  return out;
}

/** What a model makes, back to bytes for pictures: rounded, and cut off at 0 and 255. */
export function toBytes(
  samples: ArrayLike<number>,
  shape: readonly number[],
  units: Units,
): Uint8Array {
  checkMap("toBytes", units, shape);
  const { a, b } = inverse(units);
  const area = sizeOf(shape) / a.length;
  const bytes = new Uint8ClampedArray(samples.length);
  for (let plane = 0, i = 0; i < bytes.length; plane++) {
    const c = plane % a.length;
    for (const end = i + area; i < end; i++) bytes[i] = a[c]! * samples[i]! + b[c]!;
  }
  return new Uint8Array(bytes.buffer);
}
