import { arrayLike, type Data, imageShape, invalid } from "@symbreak/core";

/**
 * Sets each image in the middle of a size × size square of one value, given as it is stored (a byte; 0 is black).
 *
 * An odd difference leaves the extra row or column at the bottom or right.
 *
 * @example pad(mnist, 32) // 1×28×28 → 1×32×32, two pixels of 0 on each side
 */
export function pad(set: Data, size: number, value = 0): Data {
  const [channels, height, width] = imageShape("pad", set);
  if (!Number.isInteger(size) || size < height || size < width) {
    throw invalid("pad", `size must be an integer of at least ${Math.max(height, width)}`, size);
  }
  const bytes = set.values instanceof Uint8Array;
  if (bytes && !(Number.isInteger(value) && value >= 0 && value <= 255)) {
    throw invalid("pad", "value must be a byte (0 to 255, before scaling)", value);
  }
  if (!Number.isFinite(value)) throw invalid("pad", "value must be finite", value);
  const top = Math.floor((size - height) / 2);
  const left = Math.floor((size - width) / 2);
  const values = arrayLike(set.values, set.count * channels * size * size).fill(value);
  const rows = set.count * channels * height;
  for (let row = 0; row < rows; row++) {
    const plane = Math.floor(row / height);
    const to = (plane * size + top + (row % height)) * size + left;
    values.set(set.values.subarray(row * width, (row + 1) * width), to);
  }
  const step = value === 0 ? `pad ${size}` : `pad ${size} with ${value}`;
  const selection = [...(set.selection ?? []), step];
  return { ...set, values, shape: [channels, size, size], selection };
}
