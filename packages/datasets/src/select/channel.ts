import type { ImageSet } from "../image-set.ts";
import { invalid } from "../invalid.ts";

/** One channel by number (0 is red), or "gray": ITU-R BT.601 luma, 0.299 R + 0.587 G + 0.114 B. */
export type Channel = number | "gray";

/**
 * One channel of each image, or its gray value rounded to a byte; a single-channel set is its own gray.
 *
 * @example channel(cifar, 0) // 3×32×32 → the red 1×32×32
 */
export function channel(set: ImageSet, which: Channel): ImageSet {
  const [channels, height, width] = set.shape;
  const weights = channelWeights(which, channels);
  const area = height * width;
  const images = new Uint8Array(set.count * area);
  for (let i = 0; i < set.count; i++) {
    const from = i * channels * area;
    for (let p = 0; p < area; p++) {
      let value = 0;
      for (let c = 0; c < channels; c++) value += weights[c]! * set.images[from + c * area + p]!;
      images[i * area + p] = Math.round(value);
    }
  }
  const step = which === "gray" ? "gray" : `channel ${which}`;
  return { ...set, images, shape: [1, height, width], selection: [...set.selection, step] };
}

function channelWeights(which: Channel, channels: number): number[] {
  if (which === "gray") {
    if (channels === 1) return [1];
    if (channels === 3) return [0.299, 0.587, 0.114];
    throw invalid("channel", '"gray" needs a set with 1 or 3 channels', channels);
  }
  if (!Number.isInteger(which) || which < 0 || which >= channels) {
    throw invalid("channel", `channel must be "gray" or 0 to ${channels - 1}`, which);
  }
  return Array.from({ length: channels }, (_, c) => (c === which ? 1 : 0));
}
