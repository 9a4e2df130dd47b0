import { checkData, checkKeys, type Data, type Multiply, takeSamples } from "@symbreak/core";
import { nearest } from "../neighbours/nearest-neighbours.ts";
import { wilsonInterval } from "../statistics/wilson-interval.ts";

/** Share of samples that are nobody's copy. */
export interface Authenticity {
  /** With its 95 % interval. */
  readonly share: { readonly value: number; readonly low: number; readonly high: number };
  /** One a sample. */
  readonly authentic: readonly boolean[];
}

/**
 * Authenticity (Alaa et al. 2022, arXiv 2102.08921): a sample is authentic when it lies farther from its nearest training
 * image than that image lies from the nearest other one. Fresh images of the law are authentic half of the time or more; a
 * network that copies makes almost none.
 */
export async function authenticity(
  samples: Data,
  training: Data,
  options: { readonly multiply?: Multiply } = {},
): Promise<Authenticity> {
  const where = "authenticity";
  checkKeys(where, options, ["multiply"]);
  const { multiply } = options;
  const count = checkData(where, samples);
  checkData(where, training, 2);
  const found = await nearest(where, samples, training, 1, { multiply });
  const met = [...new Set(found.indices)];
  // Each image is its own nearest; the second is its nearest other.
  const own = await nearest(where, takeSamples(training, met), training, 2, { multiply });
  const radius = new Map(met.map((index, k) => [index, own.squares[2 * k + 1]!]));
  const authentic = Array.from(
    { length: count },
    (_, n) => found.squares[n]! > radius.get(found.indices[n]!)!,
  );
  const kept = authentic.filter(Boolean).length;
  return { share: { value: kept / count, ...wilsonInterval(kept, count) }, authentic };
}
