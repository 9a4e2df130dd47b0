import { type Data, inUnits, slices } from "@symbreak/core";
import { describe } from "@symbreak/datasets";
import type { LoadedClassifier } from "./load-classifier.ts";

/** How well a classifier does on a set of images. */
export interface Evaluation {
  /** The images, in words: split, selection, number and shape. */
  readonly data: string;
  /** The units that they were fed in. */
  readonly scale: string;
  readonly n: number;
  /** The fraction named right: the logit of the image's class is the largest, and no draw. */
  readonly accuracy: number;
  /** Mean cross-entropy, nats. */
  readonly loss: number;
  readonly runtime: string;
}

/** Images held as floats at a time. */
const AT_ONCE = 2000;

/**
 * Classifies a labelled set in its units, which are those of the training data: the statistics of `zscore` and `trace` are
 * theirs.
 */
export async function evaluateClassifier(
  { classify, classes, runtime }: LoadedClassifier,
  set: Data,
): Promise<Evaluation> {
  if (set.labels === undefined)
    throw new Error(`a classifier cannot be judged by ${describe(set)}: it has no labels`);
  let [right, loss] = [0, 0];
  for (const images of slices(set, AT_ONCE)) {
    const { count, labels } = images;
    const { logits } = await classify(inUnits(images), count);
    for (let i = 0; i < count; i++) {
      const row = logits.subarray(i * classes.length, (i + 1) * classes.length);
      const own = row[labels![i]!]!;
      if (row.every((logit, k) => logit < own || k === labels![i])) right++;
      loss += logSumExp(row) - own;
    }
  }
  const n = set.count;
  return {
    data: describe(set),
    scale: set.units.name,
    n,
    accuracy: right / n,
    loss: loss / n,
    runtime,
  };
}

function logSumExp(row: Float32Array): number {
  const top = Math.max(...row);
  return top + Math.log(row.reduce((sum, logit) => sum + Math.exp(logit - top), 0));
}
