import { invalid } from "@symbreak/core";
import { encode } from "fast-png";
import { base64 } from "./base64.ts";

/** Images to lay out in a grid. */
export interface ImageGridData {
  /** Bytes 0…255, count × channels × height × width. */
  readonly images: Uint8Array;
  /** [channels, height, width]; one channel (gray) or three (RGB). */
  readonly shape: readonly [channels: number, height: number, width: number];
  readonly columns: number;
  /** Pixels between images, transparent. Default 2. */
  readonly gap?: number;
}

/** A picture as a PNG data URI, with its size in pixels. */
export interface Picture {
  readonly uri: string;
  readonly width: number;
  readonly height: number;
}

/** Lays images out row by row, as one PNG; show it with `image-rendering: pixelated` at a multiple of its size. */
export function imageGrid({
  images,
  shape: [channels, height, width],
  columns,
  gap = 2,
}: ImageGridData): Picture {
  const size = channels * height * width;
  const count = images.length / size;
  if (channels !== 1 && channels !== 3)
    throw invalid("imageGrid", "shape must have 1 or 3 channels", channels);
  if (count < 1 || !Number.isInteger(count))
    throw invalid("imageGrid", `images must hold whole images of ${size} bytes`, images.length);
  if (!(columns >= 1)) throw invalid("imageGrid", "columns must be at least 1", columns);
  const across = Math.min(columns, count);
  const wide = across * (width + gap) - gap;
  const high = Math.ceil(count / across) * (height + gap) - gap;
  const data = new Uint8Array(4 * wide * high);
  for (let i = 0; i < count; i++) {
    const corner = Math.floor(i / across) * (height + gap) * wide + (i % across) * (width + gap);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const from = i * size + row * width + column;
        const to = 4 * (corner + row * wide + column);
        for (let c = 0; c < 3; c++)
          data[to + c] = images[from + (channels === 3 ? c : 0) * height * width]!;
        data[to + 3] = 255;
      }
    }
  }
  const png = encode({ width: wide, height: high, data, channels: 4, depth: 8 });
  return { uri: `data:image/png;base64,${base64(png)}`, width: wide, height: high };
}
