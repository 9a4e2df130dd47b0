import { sha256 } from "../../src/digest.ts";
import { type ImageSet, imageSize } from "../../src/image-set.ts";

/** How many different images some sets have together. */
export function countDistinct(sets: readonly ImageSet[]): number {
  const seen = new Set<string>();
  for (const set of sets) {
    const size = imageSize(set);
    for (let i = 0; i < set.images.length; i += size)
      seen.add(sha256(set.images.subarray(i, i + size)));
  }
  return seen.size;
}
