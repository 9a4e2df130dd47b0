import { invalid, type Multiply, philoxNoise, simdMultiply } from "@symbreak/core";

/** Settings of {@link gaussianImages}. */
export interface GaussianImagesOptions {
  /** Default 0. */
  readonly seed?: number;
  readonly multiply?: Multiply;
}

/** Images that the draws are sums of, at most: what a covariance needs, and no more work. */
const MOST = 10_000;

/**
 * Draws from N(mean, C), the Gaussian with the mean and covariance (1/N) of images, rounded to bytes and cut off at 0 and 255 as
 * samples are: what a late start begins from, and what a measure must not take for images.
 *
 * A draw is mean + Σ z_i (x_i − mean)/√N over the images with standard normal z: exact, for any number of pixels, without an
 * eigenproblem; count × N × size products. Of more than 10,000 images every k-th is taken.
 *
 * @param images bytes, one image after another
 * @param size bytes in one image
 * @returns count × size bytes
 */
export async function gaussianImages(
  images: Uint8Array,
  size: number,
  count: number,
  { seed = 0, multiply = simdMultiply }: GaussianImagesOptions = {},
): Promise<Uint8Array> {
  const where = "gaussianImages";
  if (!Number.isInteger(size) || size < 1 || images.length === 0 || images.length % size !== 0)
    throw invalid(where, `images must hold whole images of ${size} bytes`, images.length);
  if (!Number.isInteger(count) || count < 1)
    throw invalid(where, "count must be a positive integer", count);
  const available = images.length / size;
  const inner = Math.min(available, MOST);
  const mean = new Float64Array(size);
  const rows = new Float64Array(inner * size);
  for (let i = 0; i < inner; i++) {
    const first = Math.floor((i * available) / inner) * size;
    for (let j = 0; j < size; j++) {
      const value = images[first + j]!;
      rows[i * size + j] = value;
      mean[j]! += value / inner;
    }
  }
  for (let i = 0; i < rows.length; i++) rows[i]! -= mean[i % size]!;
  const weights = new Float64Array(count * inner);
  philoxNoise(seed)(weights, inner, 0);
  const scale = 1 / Math.sqrt(inner);
  const sums = await multiply(weights, rows, { rows: count, inner, columns: size });
  return new Uint8Array(
    Uint8ClampedArray.from(sums, (sum, i) => mean[i % size]! + scale * sum).buffer,
  );
}
