import { type Data, dataOf, philoxNoise } from "@symbreak/core";

/** Features by their rows. */
export function featuresOf(values: Float64Array, size: number): Data {
  return dataOf(values, [size]);
}

/** Draws from N(mean, deviation² I). */
export function normalFeatures(
  count: number,
  size: number,
  { seed, mean = 0, deviation = 1 }: { seed: number; mean?: number; deviation?: number },
): Data {
  const values = new Float64Array(count * size);
  philoxNoise(seed)(values, size, 0);
  return featuresOf(
    values.map((value) => mean + deviation * value),
    size,
  );
}
