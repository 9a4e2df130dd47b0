import { invalid, philox4x32 } from "@symbreak/core";
import { type Shape, sizeOf } from "@symbreak/graph";
import type { Batch } from "../objectives/objective.ts";
import { shuffle } from "./shuffle.ts";

/** What a network is trained on. Bytes stay bytes: only a batch at a time becomes floats. */
export interface TrainingData {
  /** count × size, channels first. */
  readonly values: Uint8Array | Float32Array;
  /** One sample: `[channels, height, width]`, or `[size]`. */
  readonly shape: Shape;
  /** What the network sees is a[c] · value + b[c] for channel c: datasets' `Scale`. As it is without. */
  readonly scale?: { readonly a: readonly number[]; readonly b: readonly number[] };
  readonly labels?: ArrayLike<number>;
}

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
  { values, shape, scale, labels }: TrainingData,
  { batch, seed, flip = false }: BatchOptions,
): (step: number) => Batch {
  const size = sizeOf(shape);
  const count = values.length / size;
  if (!Number.isInteger(count) || count < 1)
    throw invalid("batches", `values must hold whole samples of [${shape}]`, values.length);
  if (labels !== undefined && labels.length !== count)
    throw invalid("batches", `labels must be one a sample, ${count}`, labels.length);
  if (!Number.isInteger(batch) || batch < 1)
    throw invalid("batches", "batch must be a positive integer", batch);
  const channels = shape.length === 3 ? shape[0]! : 1;
  if (scale !== undefined && scale.a.length !== channels)
    throw invalid("batches", `scale must have ${channels} channels, as the data`, scale.a.length);
  if (flip && shape.length !== 3)
    throw invalid("batches", "flip must be false for data that are no images", shape);
  const order = shuffle(count, seed);
  const key = [seed >>> 0, Math.floor(seed / 2 ** 32)];
  const flips = (position: number): boolean =>
    flip &&
    (philox4x32([position >>> 0, Math.floor(position / 2 ** 32), 0, FLIPS], key)[0]! & 1) === 1;

  return (step) => {
    const data = new Float32Array(batch * size);
    const chosen = labels === undefined ? undefined : new Int32Array(batch);
    for (let i = 0; i < batch; i++) {
      const position = step * batch + i;
      const index = order(position);
      const sample = data.subarray(i * size, (i + 1) * size);
      sample.set(values.subarray(index * size, (index + 1) * size));
      if (scale) applyScale(sample, size / channels, scale);
      if (flips(position)) mirror(sample, shape[2]!);
      if (chosen) chosen[i] = labels![index]!;
    }
    return { data, count: batch, ...(chosen && { labels: chosen }) };
  };
}

function applyScale(
  sample: Float32Array,
  area: number,
  { a, b }: NonNullable<TrainingData["scale"]>,
): void {
  for (let i = 0, c = 0; i < sample.length; c++) {
    const [factor, offset] = [a[c]!, b[c]!];
    for (const end = i + area; i < end; i++) sample[i] = factor * sample[i]! + offset;
  }
}

function mirror(image: Float32Array, width: number): void {
  for (let row = 0; row < image.length; row += width) image.subarray(row, row + width).reverse();
}
