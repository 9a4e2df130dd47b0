import { checkKeys, invalid, type Samples } from "@symbreak/core";
import { correlations, meanOf } from "../statistics/correlations.ts";
import { type MeanInterval, meanIntervals } from "../statistics/mean-interval.ts";

/** Samples of two networks from the same seeds, pair by pair. */
export interface PairedAgreement {
  readonly kind: "pairedAgreement";
  /** Cosine of each pair about the mean of all samples: 1 where both networks draw the same image from the same noise. */
  readonly cosine: MeanInterval;
  /** The same of samples that are no pair, from different seeds: what chance gives. */
  readonly unpaired: MeanInterval;
  /** Root mean square distance of a pair over the coordinates, units of the data. */
  readonly distance: MeanInterval;
  /** One a pair. */
  readonly cosines: readonly number[];
  readonly pairs: number;
}

/**
 * The generalisation test of arXiv 2310.02557: networks of disjoint data sets that give the same images for the same seeds
 * have learned the law, not the images. Seeds that belong to the sample (philoxNoise) make the pairs exact.
 *
 * @param a samples of one network, count × size; `b` of the other, sample i from the same noise
 */
export function pairedAgreement(
  a: Samples,
  b: Samples,
  size: number,
  options: { readonly mean?: ArrayLike<number>; readonly seed?: number } = {},
): PairedAgreement {
  checkKeys("pairedAgreement", options, ["mean", "seed"]);
  const { mean, seed = 0 } = options;
  const pairs = a.length / size;
  if (!Number.isInteger(pairs) || pairs < 2 || b.length !== a.length)
    throw invalid("pairedAgreement", `a and b must be as many samples of ${size}, at least two`, [
      a.length,
      b.length,
    ]);
  const [p, q] = [meanOf(a, size), meanOf(b, size)];
  const about = mean ?? p.map((value, i) => 0.5 * (value + q[i]!));
  const interval = meanIntervals(pairs, seed);
  const cosines = correlations(a, b, size, about);
  const moved = Float64Array.from(b, (_, i) => b[(i + size) % b.length]!);
  const distances = Float64Array.from({ length: pairs }, (_, n) => {
    let sum = 0;
    for (let i = n * size; i < (n + 1) * size; i++) sum += (a[i]! - b[i]!) ** 2;
    return Math.sqrt(sum / size);
  });
  const wrong = cosines.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0)
    throw invalid("pairedAgreement", "no sample may be the mean itself", `pair ${wrong}`);
  return {
    kind: "pairedAgreement",
    cosine: interval(cosines),
    unpaired: interval(correlations(a, moved, size, about)),
    distance: interval(distances),
    cosines: Array.from(cosines),
    pairs,
  };
}
