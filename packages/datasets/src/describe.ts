import type { Data } from "@symbreak/core";

export { describeData as describe } from "@symbreak/core";

/** Samples per class, up to the highest class known; undefined for a set without labels. */
export function classCounts({ labels, classNames }: Data): number[] | undefined {
  if (labels === undefined) return undefined;
  const counts = new Array<number>(classNames?.length ?? 0).fill(0);
  for (const label of labels) {
    while (counts.length <= label) counts.push(0);
    counts[label]!++;
  }
  return counts;
}
