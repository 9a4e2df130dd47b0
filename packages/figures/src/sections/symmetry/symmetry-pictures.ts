import type { MeasuredSymmetry } from "@symbreak/analysis";
import { toBytes } from "@symbreak/core";

/** What is shown of collective coordinates. */
type Shown = Pick<MeasuredSymmetry, "coordinates" | "data">;

/** The clean image with these collective coordinates, the mean image in all others, as bytes. */
export function cleanPicture({ coordinates, data }: Shown, q: Float64Array): Uint8Array {
  const { directions, mean } = coordinates;
  const size = mean.length;
  const image = Float64Array.from(mean);
  q.forEach((value, k) => {
    const direction = directions.subarray(k * size, (k + 1) * size);
    const away = direction.reduce((sum, v, i) => sum - v * mean[i]!, value);
    for (let i = 0; i < size; i++) image[i]! += away * direction[i]!;
  });
  return toBytes(image, data.shape, data.units);
}

/** A direction as an image: gray is 0, and the sign is arbitrary. */
export function directionPicture({ coordinates }: Shown, along: Float64Array): Uint8ClampedArray {
  const { directions, mean } = coordinates;
  const size = mean.length;
  const image = new Float64Array(size);
  along.forEach((value, k) => {
    for (let i = 0; i < size; i++) image[i]! += value * directions[k * size + i]!;
  });
  const peak = image.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);
  return Uint8ClampedArray.from(image, (value) => 127.5 * (1 + value / peak));
}
