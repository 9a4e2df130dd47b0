import { invalid } from "@symbreak/core";

/**
 * What noised samples still say about their class: ln p(class, x_t) at each time. Curves, pairs, groups and trees are all
 * read off this one table.
 */
export interface ClassEvidence {
  readonly kind: "classEvidence";
  /** Ascending. */
  readonly classes: readonly number[];
  /** The class of each noised sample. */
  readonly labels: readonly number[];
  /** Prior weight of each class; they sum to one. */
  readonly weights: readonly number[];
  /** From noise to data. */
  readonly at: readonly {
    readonly ouTime: number;
    /** samples × classes: ln p(class, x_t), up to a constant of the sample. */
    readonly logs: Float64Array;
  }[];
  readonly seed: number;
}

/** The times of an evidence from noise to data; throws unless they are at least two. */
export function evidenceTimes(where: string, ouTimes: readonly number[]): number[] {
  const wrong = ouTimes.find((time) => !(time > 0 && time < Infinity));
  if (ouTimes.length < 2 || wrong !== undefined)
    throw invalid(where, "ouTimes must list at least two finite times above 0", wrong ?? ouTimes);
  return [...new Set(ouTimes)].sort((a, b) => b - a);
}
