import { invalid } from "@symbreak/core";

/** The two parts that MNIST, Fashion-MNIST and CIFAR-10 are published in. */
export type Split = "train" | "test";

/** Where a published set is read from, and which part of it. */
export interface SetOptions {
  /** Default "train". */
  readonly split?: Split;
  /** A folder with the original files, instead of the place where we look for them. */
  readonly directory?: string;
}

/** Refuses anything but "train" and "test". */
export function checkSplit(where: string, split: string): asserts split is Split {
  if (split === "train" || split === "test") return;
  throw invalid(where, 'split must be "train" or "test"', split);
}
