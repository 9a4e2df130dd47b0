import { type ImageSet, imageSize } from "../image-set.ts";

/** Mean and standard deviation (1/n) of each channel over all its pixels, in bytes; the sums are exact integers. */
export function channelMoments({ images, count, shape }: ImageSet): {
  mean: number[];
  std: number[];
} {
  const [channels, height, width] = shape;
  const area = height * width;
  const sum = new Float64Array(channels);
  const square = new Float64Array(channels);
  for (let plane = 0, i = 0; plane < count * channels; plane++) {
    let s = 0;
    let q = 0;
    for (const end = i + area; i < end; i++) {
      const value = images[i]!;
      s += value;
      q += value * value;
    }
    sum[plane % channels]! += s;
    square[plane % channels]! += q;
  }
  const n = count * area;
  const mean = Array.from(sum, (s) => s / n);
  const std = Array.from(square, (q, c) => Math.sqrt(Math.max(0, q / n - mean[c]! ** 2)));
  return { mean, std };
}

/** Tr C/d in squared bytes: the variance (1/n) of each pixel about its own mean over the images, averaged. */
export function perPixelVariance(set: ImageSet): number {
  const { images, count } = set;
  const size = imageSize(set);
  const sum = new Float64Array(size);
  let square = 0;
  for (let i = 0, p = 0; i < images.length; i++) {
    const value = images[i]!;
    sum[p]! += value;
    square += value * value;
    if (++p === size) p = 0;
  }
  let squaredMean = 0;
  for (let p = 0; p < size; p++) squaredMean += (sum[p]! / count) ** 2;
  return Math.max(0, square / count - squaredMean) / size;
}
