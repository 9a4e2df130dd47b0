import { invalid } from "../invalid.ts";
import type { Noise } from "../noise.ts";
import { normalPair } from "./normal-pair.ts";
import { philoxInto } from "./philox.ts";

/** Streams of one seed never share a counter: the fourth counter word tells them apart. */
const NORMAL = 0;
const UNIFORM = 1;

/**
 * Standard normal noise that belongs to the sample: row i of a batch is sample `indices[i]` (default i), and its
 * numbers depend only on (seed, sample index, draw, position in the sample).
 *
 * A sample is the same, to the last bit, in any batch, on any worker and in any JavaScript engine; see `normalPair`
 * for the accuracy. Indices and draws are integers from 0 to 2³² − 1.
 */
export function philoxNoise(seed: number | bigint, indices?: ArrayLike<number>): Noise {
  const words = wordSource("philoxNoise", seed, NORMAL, indices);
  const four = new Float64Array(4);
  return (out, size, draw) => {
    for (let row = 0; row * size < out.length; row++) {
      const end = (row + 1) * size;
      for (let at = row * size, block = 0; at < end; at += 4, block++) {
        const word = words(row, draw, block);
        normalPair(four, 0, word[0]!, word[1]!);
        if (at + 2 < end) normalPair(four, 2, word[2]!, word[3]!);
        for (let j = 0; j < 4 && at + j < end; j++) out[at + j] = four[j]!;
      }
    }
  };
}

/**
 * Uniform numbers in (0, 1), addressed as those of {@link philoxNoise} and independent of them at the same seed: for
 * training times, bootstraps, random signs. Each is (word + ½)/2³².
 */
export function philoxUniform(
  seed: number | bigint,
  indices?: ArrayLike<number>,
): (out: Float64Array, size: number, draw: number) => void {
  const words = wordSource("philoxUniform", seed, UNIFORM, indices);
  return (out, size, draw) => {
    for (let row = 0; row * size < out.length; row++) {
      const end = (row + 1) * size;
      for (let at = row * size, block = 0; at < end; at += 4, block++) {
        const word = words(row, draw, block);
        for (let j = 0; j < 4 && at + j < end; j++) out[at + j] = (word[j]! + 0.5) / 2 ** 32;
      }
    }
  };
}

/** Four random words for (row of the batch, draw, block of four elements). */
function wordSource(
  where: string,
  seed: number | bigint,
  stream: number,
  indices: ArrayLike<number> | undefined,
): (row: number, draw: number, block: number) => Uint32Array {
  const whole = typeof seed === "bigint" || Number.isSafeInteger(seed) ? BigInt(seed) : -1n;
  if (whole < 0n || whole >= 1n << 64n)
    throw invalid(where, "seed must be an integer from 0 to 2^64 − 1", seed);
  const low = Number(whole & 0xffffffffn);
  const high = Number(whole >> 32n);
  const words = new Uint32Array(4);
  return (row, draw, block) => {
    const index = indices === undefined ? row : indices[row];
    if (block === 0 && index! >>> 0 !== index)
      throw invalid(
        where,
        `indices must be integers from 0 to 2^32 − 1, one a row (row ${row})`,
        index,
      );
    if (block === 0 && draw >>> 0 !== draw)
      throw invalid(where, "draw must be an integer from 0 to 2^32 − 1", draw);
    philoxInto(words, block, draw, index!, stream, low, high);
    return words;
  };
}
