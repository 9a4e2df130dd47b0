import { invalid } from "@symbreak/core";

/** How evenly samples fall into classes, and how far from the data. */
export interface ClassDiversity {
  /** Counts over their sum. */
  readonly shares: readonly number[];
  /** Entropy of the shares, bits: log2 K when even, 0 when all alike. */
  readonly entropy: number;
  /** KL(generated ‖ data), bits; Infinity (null in JSON) when a class that the data lack was generated. */
  readonly kl: number;
  /** Jensen–Shannon divergence, bits, in [0, 1]. */
  readonly js: number;
}

/** The histogram of class numbers 0 … classes − 1. */
export function classHistogram(labels: ArrayLike<number>, classes: number): number[] {
  if (!Number.isInteger(classes) || classes < 1)
    throw invalid("classHistogram", "classes must be a positive integer", classes);
  const counts = new Array<number>(classes).fill(0);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (!Number.isInteger(label) || label < 0 || label >= classes)
      throw invalid("classHistogram", `labels must be integers from 0 to ${classes - 1}`, label);
    counts[label]!++;
  }
  return counts;
}

/**
 * Entropy of a classifier's label histogram and its divergence from the data's: the diversity figure of Raya and
 * Ambrogioni 2023. Counts need not sum to anything; published percentages often do not sum to 100.
 */
export function classDiversity(
  generated: ArrayLike<number>,
  data: ArrayLike<number>,
): ClassDiversity {
  const [p, q] = [sharesOf("generated", generated), sharesOf("data", data)];
  if (p.length !== q.length)
    throw invalid("classDiversity", `both histograms must have ${p.length} classes`, q.length);
  const middle = p.map((share, k) => (share + q[k]!) / 2);
  return {
    shares: p,
    entropy: entropyBits(p),
    kl: divergenceBits(p, q),
    js: (divergenceBits(p, middle) + divergenceBits(q, middle)) / 2,
  };
}

/** Shannon entropy of shares that sum to 1, in bits. */
export function entropyBits(shares: readonly number[]): number {
  return shares.reduce((sum, share) => (share > 0 ? sum - share * Math.log2(share) : sum), 0);
}

function divergenceBits(p: readonly number[], q: readonly number[]): number {
  return p.reduce((sum, share, k) => (share > 0 ? sum + share * Math.log2(share / q[k]!) : sum), 0);
}

function sharesOf(name: string, counts: ArrayLike<number>): number[] {
  const list = Array.from(counts);
  const wrong = list.find((count) => !(count >= 0 && count < Infinity));
  const total = list.reduce((sum, count) => sum + count, 0);
  if (wrong !== undefined || total === 0)
    throw invalid("classDiversity", `${name} must hold counts, not all 0`, wrong ?? list);
  return list.map((count) => count / total);
}
