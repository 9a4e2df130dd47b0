import { philoxUniform } from "@symbreak/core";

/**
 * At most `count` of `total` indices, ascending: one at random from each of `count` equal stretches. Sorted data give
 * all classes alike, and periodic labels (MNIST has them) cannot fall into step.
 */
export function pick(total: number, count: number, seed = 0): number[] {
  if (total <= count) return Array.from({ length: total }, (_, i) => i);
  const place = new Float64Array(count);
  philoxUniform(seed)(place, count, 0);
  return Array.from(place, (u, i) => Math.floor(((i + u) * total) / count));
}

/** The rows of a batch with these indices. */
export function rows<Batch extends Uint8Array | Float32Array>(
  batch: Batch,
  size: number,
  indices: readonly number[],
): Batch {
  const out = batch.slice(0, indices.length * size) as Batch;
  indices.forEach((index, i) => {
    out.set(batch.subarray(index * size, (index + 1) * size), i * size);
  });
  return out;
}
