import {
  type Extractor,
  type ImageFeatures,
  lite0Features,
  pick,
  principalFeatures,
  randomFeatures,
} from "@symbreak/analysis";
import { bytesOf, type Data, dataOf, takeSamples } from "@symbreak/core";
import { describe } from "@symbreak/datasets";
import { openInference } from "../engine/inference.ts";

/** Extractors that look at any images, by name, and what they run on. */
const OPEN: Readonly<Record<string, () => Promise<{ of: ImageFeatures; runtime?: string }>>> = {
  lite0: async () => {
    const { load } = await import("@symbreak/zoo/lite0");
    const { session, Tensor, runtime } = await openInference(await (await load()).weights());
    return { of: lite0Features(session, { Tensor }), runtime };
  },
  random: async () => ({ of: randomFeatures() }),
};

/** Real images that give the principal directions. */
const REAL = 5000;
/** Directions that are kept, of more than as many real images. */
const DIRECTIONS = 64;

/** Whether it is the name of an extractor of any images: "lite0", "random". */
export function isImageExtractor(name: string): boolean {
  return Object.hasOwn(OPEN, name);
}

/** Opens {@link OPEN}'s extractor on 64 principal directions of the set's features (of few images fewer). */
export async function openImageExtractor(name: string, set: Data): Promise<Extractor> {
  const { of, runtime } = await OPEN[name]!();
  const real = bytesOf(name, takeSamples(set, pick(set.count, REAL)));
  const directions = Math.min(DIRECTIONS, set.count - 1);
  const found = await principalFeatures(of, real, set.shape, directions);
  return {
    name: found.name,
    description: `${found.description}, of ${describe(set)}${runtime ? `; on ${runtime}` : ""}`,
    judge: async (images) => ({
      features: dataOf(await found.features(bytesOf(name, images), set.shape), [found.size]),
    }),
  };
}
