import { upsampleNearest } from "@symbreak/graph";
import type { Block } from "../block.ts";
import { applyConv, layer } from "../layers.ts";

/** Half the resolution by a 3×3 convolution of stride 2; padding 0 means one row and column after the last only. */
export function downsampler(name: string, channels: number, padding: number): Block {
  return {
    parameters: layer(`${name}.conv`, [channels, channels, 3, 3]),
    apply: ({ parameters: p }, x) => {
      const framed = padding === 0 ? ([0, 0, 1, 1] as const) : padding;
      return applyConv(p, `${name}.conv`, x, { stride: 2, padding: framed });
    },
  };
}

/** Twice the resolution: each pixel four times, then a 3×3 convolution. */
export function upsampler(name: string, channels: number): Block {
  return {
    parameters: layer(`${name}.conv`, [channels, channels, 3, 3]),
    apply: ({ parameters: p }, x) => applyConv(p, `${name}.conv`, upsampleNearest(x, 2)),
  };
}

/** The convolution first, to the next level's channels: a quarter of the work and less. */
export function narrowingUpsampler(name: string, inChannels: number, outChannels: number): Block {
  return {
    parameters: layer(`${name}.conv`, [outChannels, inChannels, 3, 3]),
    apply: ({ parameters: p }, x) => upsampleNearest(applyConv(p, `${name}.conv`, x), 2),
  };
}
