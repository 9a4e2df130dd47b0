import { type ImageSet, imageSize } from "../image-set.ts";
import { invalid } from "../invalid.ts";

/**
 * Sets each image in the middle of a size × size square of one value, given as a byte (0 is black).
 *
 * An odd difference leaves the extra row or column at the bottom or right.
 *
 * @example pad(mnist, 32) // 1×28×28 → 1×32×32, two pixels of 0 on each side
 */
export function pad(set: ImageSet, size: number, value = 0): ImageSet {
  const [channels, height, width] = set.shape;
  if (!Number.isInteger(size) || size < height || size < width) {
    throw invalid("pad", `size must be an integer of at least ${Math.max(height, width)}`, size);
  }
  if (!Number.isInteger(value) || value < 0 || value > 255) {
    throw invalid("pad", "value must be a byte (0 to 255, before scaling)", value);
  }
  const top = Math.floor((size - height) / 2);
  const left = Math.floor((size - width) / 2);
  const images = new Uint8Array(set.count * channels * size * size).fill(value);
  const rows = (set.count * imageSize(set)) / width;
  for (let row = 0; row < rows; row++) {
    const plane = Math.floor(row / height);
    const to = (plane * size + top + (row % height)) * size + left;
    images.set(set.images.subarray(row * width, (row + 1) * width), to);
  }
  const step = value === 0 ? `pad ${size}` : `pad ${size} with ${value}`;
  return { ...set, images, shape: [channels, size, size], selection: [...set.selection, step] };
}
