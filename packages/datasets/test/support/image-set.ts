import { type Data, SYMMETRIC } from "@symbreak/core";

/** A set in memory; by default one 1×1 image for each byte, without labels. */
export function imageSet(images: ArrayLike<number>, rest: Partial<Data> = {}): Data {
  return {
    name: "memory",
    split: undefined,
    selection: [],
    values: Uint8Array.from(images),
    units: SYMMETRIC,
    labels: undefined,
    classNames: undefined,
    count: images.length,
    shape: [1, 1, 1],
    source: "memory",
    ...rest,
  };
}
