import { checkData, checkKeys, type Data, type Multiply } from "@symbreak/core";
import { nearest } from "../neighbours/nearest-neighbours.ts";

/** Whether samples lie nearer to the training set than held-out images do. */
export interface CopyTest {
  /**
   * C_T, the standardised Mann–Whitney statistic: below −3 the samples crowd about training images, above 3 they keep away
   * from them, 0 for fresh images of the law.
   */
  readonly value: number;
  /** Share of pairs (sample, held-out image) in which the sample lies farther from the training set, ties by half. */
  readonly farther: number;
  readonly samples: number;
  readonly heldOut: number;
}

/** The data-copying test of Meehan, Chaudhuri & Dasgupta 2020 (arXiv 2004.05675), over the whole space as one cell. */
export async function copyTest(
  samples: Data,
  training: Data,
  heldOut: Data,
  options: { readonly multiply?: Multiply } = {},
): Promise<CopyTest> {
  const where = "copyTest";
  checkKeys(where, options, ["multiply"]);
  const { multiply } = options;
  const [m, n] = [checkData(where, samples, 2), checkData(where, heldOut, 2)];
  const own = await nearest(where, samples, training, 1, { multiply });
  const others = await nearest(where, heldOut, training, 1, { multiply });
  const farther = shareAbove(own.squares, others.squares);
  const deviation = Math.sqrt((m + n + 1) / (12 * m * n));
  return { value: (farther - 0.5) / deviation, farther, samples: m, heldOut: n };
}

/** Share of pairs in which a value of `a` exceeds one of `b`, ties by half. */
function shareAbove(a: Float64Array, b: Float64Array): number {
  const sorted = b.toSorted();
  const below = (value: number, inclusive: boolean): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < value || (inclusive && sorted[middle] === value)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const wins = a.reduce((sum, value) => sum + 0.5 * (below(value, false) + below(value, true)), 0);
  return wins / (a.length * b.length);
}
