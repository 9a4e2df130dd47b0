import type { ImageSet } from "../../src/image-set.ts";

/** A set in memory; by default one 1×1 image for each byte, without labels. */
export function imageSet(images: ArrayLike<number>, rest: Partial<ImageSet> = {}): ImageSet {
  return {
    name: "memory",
    split: undefined,
    selection: [],
    images: Uint8Array.from(images),
    labels: undefined,
    classNames: undefined,
    count: images.length,
    shape: [1, 1, 1],
    source: "memory",
    ...rest,
  };
}
