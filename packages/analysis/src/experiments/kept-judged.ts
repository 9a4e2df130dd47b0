import {
  type Data,
  dataOf,
  keptInBlocks,
  type Store,
  sliceSamples,
  type Team,
} from "@symbreak/core";
import type { Judged } from "../late-start/sample-quality.ts";
import { dataDigest } from "./digest.ts";
import type { Extractor } from "./extractor.ts";
import { sideBySide } from "./kept-samples.ts";
import { extractorProtocol } from "./protocol.ts";

/** Samples that are judged and kept together. */
export const JUDGED_GRAIN = 256;

/**
 * What an extractor says of a set, in blocks of {@link JUDGED_GRAIN} samples, which are kept under the digest of the set. A set without a
 * digest is not kept.
 *
 * @param of what the features depend on besides the extractor: of principal directions, the digest of the data that gave them
 */
export async function keptJudged(
  extractor: Pick<Extractor, "name" | "description" | "digest" | "judge">,
  set: Data,
  of: string | null,
  { store, team }: { readonly store: Store | undefined; readonly team: Team | undefined },
): Promise<Judged> {
  const digest = await dataDigest(set);
  const features = extractorProtocol(extractor);
  const protocol = { kind: "judged", features, of, set: digest, grain: JUDGED_GRAIN };
  return keptInBlocks(digest === null || of === null ? undefined : store, protocol, {
    ...{ count: set.count, grain: JUDGED_GRAIN, whole: false, team },
    make: ({ first, count }) => extractor.judge(sliceSamples(set, first, first + count)),
    join: judgedTogether,
  });
}

/** What was said of blocks of samples, as of all of them. */
export function judgedTogether(blocks: readonly Judged[]): Judged {
  const [one] = blocks as readonly [Judged];
  const { shape, units } = one.features;
  const values = sideBySide(blocks.map(({ features }) => features.values));
  const logits = blocks.flatMap(({ logits }) => logits ?? []);
  return {
    features: dataOf(values, shape, units),
    ...(one.logits && { logits: sideBySide(logits) }),
  };
}
