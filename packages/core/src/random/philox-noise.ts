import { invalid } from "../invalid.ts";
import type { Noise } from "../noise.ts";
import { philoxInto } from "./philox.ts";

/** Streams of one seed never share a counter: the fourth counter word tells them apart. */
const NORMAL = 0;
const UNIFORM = 1;

/**
 * Standard normal noise that belongs to the sample: row i of a batch is sample `indices[i]` (default i), and its
 * numbers depend only on (seed, sample index, draw, position). A sample is the same in any batch and on any machine.
 */
export function philoxNoise(seed: number | bigint, indices?: ArrayLike<number>): Noise {
  const key = keyOf("philoxNoise", seed);
  const words = new Uint32Array(4);
  return (out, size, draw) => {
    for (let row = 0; row * size < out.length; row++) {
      const index = indices === undefined ? row : indices[row]!;
      const end = (row + 1) * size;
      for (let at = row * size, block = 0; at < end; at += 4, block++) {
        philoxInto(words, block, draw, index, NORMAL, key[0]!, key[1]!);
        for (let j = 0; j < 4; j += 2) {
          const radius = Math.sqrt(-2 * Math.log((words[j]! + 0.5) / 2 ** 32));
          const angle = ((words[j + 1]! + 0.5) / 2 ** 32) * 2 * Math.PI;
          if (at + j < end) out[at + j] = radius * Math.cos(angle);
          if (at + j + 1 < end) out[at + j + 1] = radius * Math.sin(angle);
        }
      }
    }
  };
}

/** Uniform numbers in (0, 1), addressed as {@link philoxNoise} is; independent of its normals at the same seed. */
export function philoxUniform(seed: number | bigint, indices?: ArrayLike<number>): Noise {
  const key = keyOf("philoxUniform", seed);
  const words = new Uint32Array(4);
  return (out, size, draw) => {
    for (let row = 0; row * size < out.length; row++) {
      const index = indices === undefined ? row : indices[row]!;
      const end = (row + 1) * size;
      for (let at = row * size, block = 0; at < end; at += 4, block++) {
        philoxInto(words, block, draw, index, UNIFORM, key[0]!, key[1]!);
        for (let j = 0; j < 4 && at + j < end; j++) out[at + j] = (words[j]! + 0.5) / 2 ** 32;
      }
    }
  };
}

function keyOf(where: string, seed: number | bigint): [number, number] {
  const whole = typeof seed === "bigint" || Number.isSafeInteger(seed) ? BigInt(seed) : -1n;
  if (whole < 0n || whole >= 1n << 64n)
    throw invalid(where, "seed must be an integer from 0 to 2^64 − 1", seed);
  return [Number(whole & 0xffffffffn), Number(whole >> 32n)];
}
