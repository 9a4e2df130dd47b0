import { invalid } from "@symbreak/core";
import { countOf, type Data } from "../data.ts";

/** Samples with a class each; classes are whole numbers, not necessarily 0 … K − 1. */
export interface Labelled extends Data {
  readonly labels: ArrayLike<number>;
}

/** The classes that occur, ascending, and the samples of each. */
export interface ClassRows {
  readonly classes: readonly number[];
  /** Sample numbers by place in `classes`. */
  readonly rows: readonly (readonly number[])[];
}

/** Sorts samples by class; throws unless there is one whole number a sample. */
export function classRows(where: string, data: Labelled): ClassRows {
  const count = countOf(where, data);
  const labels = Array.from(data.labels);
  if (labels.length !== count) throw invalid(where, "labels must be one a sample", labels.length);
  const wrong = labels.find((label) => !(Number.isInteger(label) && label >= 0));
  if (wrong !== undefined) throw invalid(where, "labels must be whole numbers", wrong);
  const classes = [...new Set(labels)].sort((a, b) => a - b);
  const rows = classes.map(() => [] as number[]);
  const place = new Map(classes.map((label, k) => [label, k]));
  labels.forEach((label, n) => {
    rows[place.get(label)!]!.push(n);
  });
  return { classes, rows };
}

/** Some samples of a set, copied, in the same units. */
export function takeRows(data: Data, rows: readonly number[]): Data {
  const { values, size } = data;
  const taken = values.slice(0, rows.length * size);
  rows.forEach((n, at) => {
    taken.set(values.subarray(n * size, (n + 1) * size), at * size);
  });
  return { ...data, values: taken };
}
