import { type Shape, sizeOf } from "../../src/index.ts";

/** Uniform numbers in [low, high), the same for the same seed (mulberry32). */
export function uniform(shape: Shape, seed: number, low = -2, high = 2): Float64Array {
  let state = seed >>> 0;
  return Float64Array.from({ length: sizeOf(shape) }, () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return low + ((high - low) * ((t ^ (t >>> 14)) >>> 0)) / 2 ** 32;
  });
}
