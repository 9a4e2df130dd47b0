import type { Data } from "@symbreak/core";

/**
 * One line that says what the set is.
 *
 * @example describe(set) // "mnist train, classes 1,8, first 5000 per class, pad 32: 10000 × 1×32×32"
 */
export function describe({ name = "data", split, selection = [], count, shape }: Data): string {
  const whole = split === undefined ? name : `${name} ${split}`;
  return `${[whole, ...selection].join(", ")}: ${count} × ${shape.join("×")}`;
}

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
