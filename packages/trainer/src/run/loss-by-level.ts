/** Mean losses between clean and noise, in equal parts of the way. */
export interface LossByLevel {
  /** Takes note of a batch: each sample's place in [0, 1) and its loss. */
  add(positions: ArrayLike<number>, perSample: ArrayLike<number>): void;
  /** The mean of each part, clean first; null where nothing was seen. */
  means(): (number | null)[];
}

/** Gathers the loss by noise level, since the plain mean hides what happens where: most of it comes from the clean end. */
export function lossByLevel(buckets = 10): LossByLevel {
  const sums = new Float64Array(buckets);
  const counts = new Uint32Array(buckets);
  return {
    add(positions, perSample) {
      for (let i = 0; i < positions.length; i++) {
        const bucket = Math.min(buckets - 1, Math.floor(positions[i]! * buckets));
        sums[bucket]! += perSample[i]!;
        counts[bucket]!++;
      }
    },
    means: () => Array.from(sums, (sum, k) => (counts[k] === 0 ? null : sum / counts[k]!)),
  };
}
