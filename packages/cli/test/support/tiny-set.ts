import { philoxNoise } from "@symbreak/core";
import type { ImageSet } from "@symbreak/datasets";

/** Random bytes around two gray levels, one a class: a small set with something to decide. */
export function tinySet(count: number, shape: ImageSet["shape"] = [1, 4, 4]): ImageSet {
  const size = shape[0] * shape[1] * shape[2];
  const noise = new Float64Array(count * size);
  philoxNoise(5)(noise, size, 0);
  const images = Uint8Array.from(
    noise,
    (z, i) => 128 + (Math.floor(i / size) % 2 ? 60 : -60) + 10 * z,
  );
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 2);
  return {
    name: "tiny",
    split: undefined,
    selection: [],
    images,
    labels,
    classNames: undefined,
    count,
    shape,
    source: "memory",
  };
}
