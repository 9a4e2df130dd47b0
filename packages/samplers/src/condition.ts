import { invalid } from "@symbreak/core";

/**
 * What samples are conditioned on, as plain JSON: the classes that are dealt to the samples by their numbers.
 *
 * Sample i has class `classes[i mod classes.length]`, whatever the batch; null is no class (the unconditional network).
 */
export interface Condition {
  readonly classes: readonly (number | null)[];
}

/** The class of sample number `sample`. */
export function classOf({ classes }: Condition, sample: number): number | null {
  if (classes.length === 0)
    throw invalid("classOf", "condition.classes must not be empty", classes);
  return classes[sample % classes.length]!;
}
