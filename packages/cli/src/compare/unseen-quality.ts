import { type SampleQuality, sampleQuality } from "@symbreak/analysis";
import { takeSamples } from "@symbreak/core";
import { pick, rows } from "../pick.ts";
import type { Setting } from "./setting.ts";

/**
 * How good so many images of the test split are, from all over it: what a perfect generator would show. Null without such a
 * split. (MNIST's first 5000 test images are of other writers than its last: the first thousand alone are farther from the
 * training images, 14.8, than a thousand from all over, 3.9.)
 */
export async function unseenQuality(
  { unseenJudged, reference }: Pick<Setting, "unseenJudged" | "reference">,
  samples: number,
): Promise<(SampleQuality & { readonly count: number }) | null> {
  if (unseenJudged === undefined) return null;
  const { features, logits } = unseenJudged;
  const all = features.count;
  const count = Math.min(samples, all);
  const chosen = pick(all, count);
  const judged = {
    features: takeSamples(features, chosen),
    ...(logits && { logits: rows(logits, logits.length / all, chosen) }),
  };
  return { ...(await sampleQuality(reference, judged)), count };
}
