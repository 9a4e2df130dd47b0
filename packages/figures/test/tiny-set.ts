import { type Data, philoxNoise, SYMMETRIC, sizeOf } from "@symbreak/core";

/** Random bytes around two gray levels, one a class: a small set with something to decide. */
export function tinySet(count: number, shape: Data["shape"] = [1, 4, 4]): Data {
  const size = sizeOf(shape);
  const noise = new Float64Array(count * size);
  philoxNoise(5)(noise, size, 0);
  const values = Uint8Array.from(
    noise,
    (z, i) => 128 + (Math.floor(i / size) % 2 ? 60 : -60) + 10 * z,
  );
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 2);
  return {
    name: "tiny",
    split: undefined,
    selection: [],
    values,
    units: SYMMETRIC,
    labels,
    classNames: undefined,
    count,
    shape,
    source: "memory",
  };
}
