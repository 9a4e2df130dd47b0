import type { ImageSet, Shape } from "../image-set.ts";
import { invalid } from "../invalid.ts";
import { type Scale, type ScaleName, scaleOf } from "./scale.ts";

/** Images in the units of a model, and the scale that made them. */
export interface Scaled {
  /** count × size, channels first. */
  readonly data: Float32Array;
  readonly scale: Scale;
}

/**
 * The whole set as floats. Give a `Scale` instead of a name to apply one set's statistics to another.
 *
 * @example scaled(test, scaleOf(train, "zscore"))
 */
export function scaled(set: ImageSet, scale: ScaleName | Scale): Scaled {
  const resolved = typeof scale === "string" ? scaleOf(set, scale) : scale;
  return { data: applyScale(set.images, set.shape, resolved), scale: resolved };
}

/** a · u8 + b for any whole number of images, rounded once to single precision. */
export function applyScale(bytes: Uint8Array, shape: Shape, { a, b }: Scale): Float32Array {
  const [channels, height, width] = shape;
  const area = height * width;
  if (a.length !== channels) {
    throw invalid("applyScale", `scale must have ${channels} channels, as the images do`, a.length);
  }
  const tables = a.map((factor, c) =>
    Float32Array.from({ length: 256 }, (_, byte) => factor * byte + b[c]!),
  );
  const data = new Float32Array(bytes.length);
  for (let plane = 0, i = 0; i < bytes.length; plane++) {
    const table = tables[plane % channels]!;
    for (const end = i + area; i < end; i++) data[i] = table[bytes[i]!]!;
  }
  return data;
}

/** Back to bytes, for pictures: rounded, and cut off at 0 and 255. */
export function toBytes(
  data: ArrayLike<number>,
  shape: Shape,
  scale: Pick<Scale, "inverse">,
): Uint8Array {
  const [channels, height, width] = shape;
  const area = height * width;
  const bytes = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i++) {
    const c = Math.floor(i / area) % channels;
    bytes[i] = scale.inverse.a[c]! * data[i]! + scale.inverse.b[c]!;
  }
  return new Uint8Array(bytes.buffer);
}
