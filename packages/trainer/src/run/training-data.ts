import { checkData, type Data, invalid, philox4x32, sizeOf, type Units } from "@symbreak/core";
import type { Batch } from "../objectives/objective.ts";
import { shuffle } from "./shuffle.ts";

/** How batches are drawn. */
export interface BatchOptions {
  readonly batch: number;
  readonly seed: number;
  /** Mirrors each image left to right with probability ½. */
  readonly flip?: boolean;
}

/** The streams 0, 1 and 2 of Philox are normal and uniform numbers and the order of the data. */
const FLIPS = 3;

/**
 * The batch of each step: the data in the order of {@link shuffle}, epoch after epoch without a break, so that batch
 * `step` depends on (seed, step) alone.
 */
export function batches(
  data: Data,
  { batch, seed, flip = false }: BatchOptions,
): (step: number) => Batch {
  const count = checkData("batches", data);
  const { values, shape, labels, units } = data;
  const size = sizeOf(shape);
  if (!Number.isInteger(batch) || batch < 1)
    throw invalid("batches", "batch must be a positive integer", batch);
  if (flip && shape.length !== 3)
    throw invalid("batches", "flip must be false for data that are no images", shape);
  const order = shuffle(count, seed);
  const key = [seed >>> 0, Math.floor(seed / 2 ** 32)];
  const flips = (position: number): boolean =>
    flip &&
    (philox4x32([position >>> 0, Math.floor(position / 2 ** 32), 0, FLIPS], key)[0]! & 1) === 1;

  return (step) => {
    const rows = new Float32Array(batch * size);
    const chosen = labels === undefined ? undefined : new Int32Array(batch);
    for (let i = 0; i < batch; i++) {
      const position = step * batch + i;
      const index = order(position);
      const sample = rows.subarray(i * size, (i + 1) * size);
      sample.set(values.subarray(index * size, (index + 1) * size));
      inPlace(sample, units);
      if (flips(position)) mirror(sample, shape[2]!);
      if (chosen) chosen[i] = labels![index]!;
    }
    return { data: rows, count: batch, ...(chosen && { labels: chosen }) };
  };
}

/** The sample in the units that the network sees. */
function inPlace(sample: Float32Array, { a, b }: Units): void {
  const area = sample.length / a.length;
  for (let i = 0, c = 0; i < sample.length; c++) {
    const [factor, offset] = [a[c]!, b[c]!];
    for (const end = i + area; i < end; i++) sample[i] = factor * sample[i]! + offset;
  }
}

function mirror(image: Float32Array, width: number): void {
  for (let row = 0; row < image.length; row += width) image.subarray(row, row + width).reverse();
}
