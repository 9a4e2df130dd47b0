import { type Data, sizeOf } from "@symbreak/core";
import { sha256 } from "../../src/digest.ts";

/** How many different images some sets have together. */
export function countDistinct(sets: readonly Data[]): number {
  const seen = new Set<string>();
  for (const set of sets) {
    const size = sizeOf(set.shape);
    for (let i = 0; i < set.values.length; i += size)
      seen.add(sha256(set.values.subarray(i, i + size)));
  }
  return seen.size;
}
