import type { Data } from "@symbreak/core";

/** Copies one image from pixel order (height, width, channels) to channel order, at `offset` of `out`. */
export function channelsFirst(
  pixels: Data["values"],
  channels: number,
  out: Data["values"],
  offset: number,
): void {
  const area = pixels.length / channels;
  for (let c = 0; c < channels; c++) {
    const plane = offset + c * area;
    for (let p = 0, from = c; p < area; p++, from += channels) out[plane + p] = pixels[from]!;
  }
}
