import { invalid, type Samples } from "@symbreak/core";

/** What a classifier says of a batch: a class a sample, or the probability of each class, count × classes. */
export type Classes =
  | { readonly labels: ArrayLike<number> }
  | { readonly probabilities: ArrayLike<number> };

/** Any classifier of clean samples: an exact posterior, a network, the nearest neighbour. */
export type Classify = (samples: Samples, count: number) => Classes | Promise<Classes>;

/** A sum of probabilities may miss one by so much: they come in single precision. */
const ROUND_OFF = 1e-3;

/** The number of classes seen or listed; throws unless there is one answer a sample. */
export function checkClasses(where: string, classes: Classes, count: number): number {
  if ("labels" in classes) {
    const labels = Array.from(classes.labels);
    const wrong = labels.find((label) => !(Number.isInteger(label) && label >= 0));
    if (labels.length !== count || wrong !== undefined)
      throw invalid(
        where,
        `classify must return ${count} labels, integers from 0`,
        wrong ?? labels.length,
      );
    return labels.reduce((most, label) => Math.max(most, label + 1), 0);
  }
  const { probabilities } = classes;
  const width = probabilities.length / count;
  if (!Number.isInteger(width) || width < 1)
    throw invalid(
      where,
      `classify must return probabilities of ${count} samples`,
      probabilities.length,
    );
  for (let n = 0; n < count; n++) {
    let sum = 0;
    for (let k = n * width; k < (n + 1) * width; k++)
      sum += probabilities[k]! >= 0 ? probabilities[k]! : Number.NaN;
    if (!(Math.abs(sum - 1) < ROUND_OFF))
      throw invalid(where, `the probabilities of sample ${n} must sum to one`, sum);
  }
  return width;
}

/** The probability that independent readers put sample i of one batch and j of another (the same, say) in one class. */
export function agreementOf(
  [a, i]: readonly [Classes, number],
  [b, j]: readonly [Classes, number],
  width: number,
): number {
  if ("labels" in a) return probability(b, j, a.labels[i]!, width);
  if ("labels" in b) return probability(a, i, b.labels[j]!, width);
  let sum = 0;
  for (let k = 0; k < width; k++) sum += probability(a, i, k, width) * probability(b, j, k, width);
  return sum;
}

function probability(classes: Classes, i: number, k: number, width: number): number {
  if ("labels" in classes) return classes.labels[i] === k ? 1 : 0;
  return k < width ? classes.probabilities[i * width + k]! : 0;
}

/**
 * Labels from scores (logits or probabilities), count × classes: the class with the largest, of `among` alone where given.
 *
 * @example labelsOf(logits, count, [1, 8]) // a classifier of ten digits judges ones and eights
 */
export function labelsOf(
  scores: ArrayLike<number>,
  count: number,
  among?: readonly number[],
): Int32Array {
  const width = scores.length / count;
  const choice = among ?? Array.from({ length: width }, (_, k) => k);
  if (!Number.isInteger(width) || width < 1)
    throw invalid("labelsOf", `scores must be of ${count} samples`, scores.length);
  if (choice.length === 0 || !choice.every((k) => Number.isInteger(k) && k >= 0 && k < width))
    throw invalid("labelsOf", `among must list some of 0 … ${width - 1}`, choice);
  return Int32Array.from({ length: count }, (_, n) => {
    const score = (k: number) => scores[n * width + k]!;
    return choice.reduce((best, k) => (score(k) > score(best) ? k : best));
  });
}
