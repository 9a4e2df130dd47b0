import { type SampleQuality, sampleQuality } from "@symbreak/analysis";
import type { Setting } from "./setting.ts";

/** How good so many images of the test split are: what a perfect generator would show. Null without such a split. */
export async function unseenQuality(
  { unseenJudged, reference }: Pick<Setting, "unseenJudged" | "reference">,
  samples: number,
): Promise<(SampleQuality & { readonly count: number }) | null> {
  if (unseenJudged === undefined) return null;
  const { features, logits } = unseenJudged;
  const all = features.values.length / features.size;
  const count = Math.min(samples, all);
  const judged = {
    features: { ...features, values: features.values.subarray(0, count * features.size) },
    ...(logits && { logits: logits.subarray(0, (count * logits.length) / all) }),
  };
  return { ...(await sampleQuality(reference, judged)), count };
}
