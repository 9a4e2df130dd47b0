import { invalid } from "../invalid.ts";
import type { Noise } from "../noise.ts";
import type { Samples } from "../samples.ts";
import { AT_ONCE, type Workspace, workspace } from "./workspace.ts";

/** Streams of one seed never share a counter: the fourth counter word tells them apart. */
const NORMAL = 0;
const UNIFORM = 1;

/**
 * Standard normal noise that belongs to the sample: row i of a batch is sample `indices[i]` (default i), and its
 * numbers depend only on (seed, sample index, draw, position in the sample).
 *
 * A sample is the same, to the last bit, in any batch, on any worker and in any JavaScript engine; see `normalKernel`
 * for the accuracy. Indices and draws are integers from 0 to 2³² − 1.
 */
export function philoxNoise(seed: number | bigint, indices?: ArrayLike<number>): Noise {
  return source("philoxNoise", seed, NORMAL, indices, ({ normals }, count) => normals(count));
}

/**
 * Uniform numbers in (0, 1), addressed as those of {@link philoxNoise} and independent of them at the same seed: for
 * training times, bootstraps, random signs. Each is (word + ½)/2³².
 */
export function philoxUniform(
  seed: number | bigint,
  indices?: ArrayLike<number>,
): (out: Float64Array, size: number, draw: number) => void {
  return source("philoxUniform", seed, UNIFORM, indices, ({ words, numbers }, count) => {
    for (let i = 0; i < 4 * count; i++) numbers[i] = (words[i]! + 0.5) / 2 ** 32;
  });
}

/** Numbers from the words of (block of four elements, draw, sample, stream): `convert` makes four a counter. */
function source(
  where: string,
  seed: number | bigint,
  stream: number,
  indices: ArrayLike<number> | undefined,
  convert: (workspace: Workspace, count: number) => void,
): (out: Samples, size: number, draw: number) => void {
  const [low, high] = keyOf(where, seed);
  return (out, size, draw) => {
    const work = workspace();
    const { first, third, numbers } = work;
    const [rows, blocks] = [Math.ceil(out.length / size), Math.ceil(size / 4)];
    check(where, rows, indices, draw);
    // Where the next counter belongs, and where the next number does.
    let [row, block, at, written] = [0, 0, 0, 0];
    for (let left = rows * blocks; left > 0; ) {
      const count = Math.min(AT_ONCE, left);
      for (let c = 0; c < count; c++) {
        first[c] = block;
        third[c] = indices?.[row] ?? row;
        if (++block === blocks) [row, block] = [row + 1, 0];
      }
      work.philox(count, draw, stream, low, high);
      convert(work, count);
      for (let i = 0; i < 4 * count; written += 4, i += 4) {
        const end = Math.min(4, size - written);
        for (let j = 0; j < end; j++, at++) out[at] = numbers[i + j]!;
        if (written + 4 >= size) written = -4;
      }
      left -= count;
    }
  };
}

/** The two halves of a seed. */
function keyOf(where: string, seed: number | bigint): [low: number, high: number] {
  const whole = typeof seed === "bigint" || Number.isSafeInteger(seed) ? BigInt(seed) : -1n;
  if (whole < 0n || whole >= 1n << 64n)
    throw invalid(where, "seed must be an integer from 0 to 2^64 − 1", seed);
  return [Number(whole & 0xffffffffn), Number(whole >> 32n)];
}

function check(
  where: string,
  rows: number,
  indices: ArrayLike<number> | undefined,
  draw: number,
): void {
  if (draw >>> 0 !== draw) throw invalid(where, "draw must be an integer from 0 to 2^32 − 1", draw);
  for (let row = 0; indices !== undefined && row < rows; row++)
    if (indices[row]! >>> 0 !== indices[row])
      throw invalid(
        where,
        `indices must be integers from 0 to 2^32 − 1, one a row (row ${row})`,
        indices[row],
      );
}
