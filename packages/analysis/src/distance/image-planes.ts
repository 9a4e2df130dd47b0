import { simdMultiply } from "@symbreak/core";

/** An image of many channels, pixel by pixel: height × width × channels. */
export interface Planes {
  readonly values: Float64Array;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

const KERNEL = 3;

/** An image of bytes, channels first, in [−1, 1]. */
export function planesOf(bytes: Uint8Array, shape: readonly [number, number, number]): Planes {
  const [channels, height, width] = shape;
  const area = height * width;
  const values = new Float64Array(bytes.length);
  for (let c = 0; c < channels; c++)
    for (let i = 0; i < area; i++) values[i * channels + c] = bytes[c * area + i]! / 127.5 - 1;
  return { values, channels, height, width };
}

/** ReLU of the 3 × 3 convolution with filters [filters, 3 × 3 × channels]; beyond an edge its pixels are repeated. */
export function rectified(image: Planes, filters: Float64Array): Planes {
  const { channels, height, width } = image;
  const inner = KERNEL * KERNEL * channels;
  const patches = new Float64Array(height * width * inner);
  let at = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++, at += channels) {
          const row = Math.min(Math.max(y + dy, 0), height - 1);
          const column = Math.min(Math.max(x + dx, 0), width - 1);
          const pixel = (row * width + column) * channels;
          patches.set(image.values.subarray(pixel, pixel + channels), at);
        }
  const columns = filters.length / inner;
  const shape = { rows: height * width, inner, columns, transposeB: true };
  const values = simdMultiply(patches, filters, shape);
  for (let i = 0; i < values.length; i++) values[i] = Math.max(0, values[i]!);
  return { values, channels: columns, height, width };
}

/** Means over 2 × 2 pixels; an odd last row or column is left out. */
export function halved({ values, channels, height, width }: Planes): Planes {
  const [rows, columns] = [height >> 1, width >> 1];
  const out = new Float64Array(rows * columns * channels);
  for (let y = 0; y < 2 * rows; y++)
    for (let x = 0; x < 2 * columns; x++)
      for (let c = 0; c < channels; c++)
        out[((y >> 1) * columns + (x >> 1)) * channels + c]! +=
          values[(y * width + x) * channels + c]! / 4;
  return { values: out, channels, height: rows, width: columns };
}

/** The mean of each channel over the pixels. */
export function channelMeans({ values, channels }: Planes): Float64Array {
  const out = new Float64Array(channels);
  const share = channels / values.length;
  for (let i = 0; i < values.length; i++) out[i % channels]! += values[i]! * share;
  return out;
}
