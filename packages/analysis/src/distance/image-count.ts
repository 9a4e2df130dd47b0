import { invalid } from "@symbreak/core";

/** The number of images of this shape in the bytes; throws unless they are whole images of 1 or 3 channels. */
export function imageCount(where: string, images: Uint8Array, shape: readonly number[]): number {
  const [channels, height, width] = shape;
  if (shape.length !== 3 || !shape.every((side) => Number.isInteger(side) && side > 0))
    throw invalid(where, "shape must be [channels, height, width]", shape);
  if (channels !== 1 && channels !== 3)
    throw invalid(where, "images must have 1 or 3 channels", channels);
  const size = channels * height! * width!;
  if (images.length === 0 || images.length % size !== 0)
    throw invalid(where, `images must hold whole images of ${size} bytes`, images.length);
  return images.length / size;
}
