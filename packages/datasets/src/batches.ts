import { type ImageSet, imageSize } from "./image-set.ts";
import { invalid } from "./invalid.ts";
import type { Labels } from "./labels.ts";
import { type Scale, type ScaleName, scaleOf } from "./scale/scale.ts";

/** Some images in a row as bytes, and the affine map to the units of the model. Nothing is copied. */
export interface Batch {
  /** Whole images, channels first. */
  readonly values: Uint8Array;
  readonly labels: Labels | undefined;
  /** Bytes in one image. */
  readonly size: number;
  readonly scale: Scale;
}

/**
 * The set in order, `length` images at a time; the last batch may be shorter.
 *
 * @example for await (const { values, size, scale } of batches(mnist, 1000, "unit")) …
 */
export async function* batches(
  set: ImageSet,
  length: number,
  scale: ScaleName | Scale,
): AsyncGenerator<Batch, void, undefined> {
  if (!Number.isInteger(length) || length < 1) {
    throw invalid("batches", "length must be a positive integer", length);
  }
  const size = imageSize(set);
  const resolved = typeof scale === "string" ? scaleOf(set, scale) : scale;
  for (let i = 0; i < set.count; i += length) {
    const values = set.images.subarray(i * size, (i + length) * size);
    yield { values, labels: set.labels?.subarray(i, i + length), size, scale: resolved };
  }
}
