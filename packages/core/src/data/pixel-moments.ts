import { type Data, sizeOf } from "./data.ts";

/** Channels of a sample: the first axis of an image; other data have one. */
function channelsOf({ shape }: Pick<Data, "shape">): number {
  return shape.length === 3 ? shape[0]! : 1;
}

/** Mean and standard deviation (1/n) of each channel over all its numbers as stored; of bytes the sums are exact integers. */
export function channelMoments(data: Data): { mean: number[]; std: number[] } {
  const { values, count, shape } = data;
  const channels = channelsOf(data);
  const area = sizeOf(shape) / channels;
  const sum = new Float64Array(channels);
  const square = new Float64Array(channels);
  for (let plane = 0, i = 0; plane < count * channels; plane++) {
    let s = 0;
    let q = 0;
    for (const end = i + area; i < end; i++) {
      const value = values[i]!;
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

/** Tr C/d as stored: the variance (1/n) of each number about its own mean over the samples, averaged. */
export function perPixelVariance({ values, count, shape }: Data): number {
  const size = sizeOf(shape);
  const sum = new Float64Array(size);
  let square = 0;
  for (let i = 0, p = 0; i < values.length; i++) {
    const value = values[i]!;
    sum[p]! += value;
    square += value * value;
    if (++p === size) p = 0;
  }
  let squaredMean = 0;
  for (let p = 0; p < size; p++) squaredMean += (sum[p]! / count) ** 2;
  return Math.max(0, square / count - squaredMean) / size;
}
