import { checkData, type Data, invalid, type Labels } from "@symbreak/core";

/** Samples with a class each; classes are whole numbers, not necessarily 0 … K − 1. */
export interface Labelled extends Data {
  readonly labels: Labels;
}

/** The classes that occur, ascending, and the samples of each. */
export interface ClassRows {
  readonly classes: readonly number[];
  /** Sample numbers by place in `classes`. */
  readonly rows: readonly (readonly number[])[];
}

/** Sorts samples by class; throws unless there is one whole number a sample. */
export function classRows(where: string, data: Labelled): ClassRows {
  checkData(where, data);
  const labels = Array.from(data.labels);
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
