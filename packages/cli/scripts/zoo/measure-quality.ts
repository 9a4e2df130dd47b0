import { frechetDistance, moments, pick } from "@symbreak/analysis";
import { type Data, dataOf, type ImageShape, takeSamples, toBytes } from "@symbreak/core";
import { describe } from "@symbreak/datasets";
import { ddim, sample } from "@symbreak/samplers";
import { loadModel, MODEL_NAMES, type Quality } from "@symbreak/zoo";
import { openExtractor } from "../../src/compare/extractor.ts";
import { canCrop } from "../../src/network/recentred.ts";
import { openAsked } from "../../src/networks.ts";

const [COUNT, STEPS, SEED] = [1000, 20, 1];

/** How far a denoiser's samples are from images that it was not trained on, and training images from them too. */
export async function measureQuality(
  file: string,
  { set, tests }: { readonly set: Data; readonly tests: Data },
): Promise<Quality> {
  const { network, runtime } = await openAsked({ network: file, options: {} });
  const classes = network.classes && Array.from({ length: network.classes.count }, (_, k) => k);
  const run = {
    ...{ network, solver: ddim(), steps: STEPS, threshold: null },
    ...(classes && { condition: { classes } }),
  };
  const { samples, nfe } = await sample({ ...run, count: COUNT, seed: SEED, batch: 64 });
  const of = await moments(set);
  const extractor = await openExtractor(await extractorFor(set), { set, moments: of });
  const features = async (images: Data): Promise<Data> => (await extractor.judge(images)).features;
  const real = await features(tests);
  const distance = async (images: Data) => {
    const found = frechetDistance(real, await features(images), { extractor: extractor.name });
    return { metric: found.name, value: found.value, low: found.low, high: found.high };
  };
  const trained = takeSamples(set, pick(set.count, COUNT));
  const { metric: _, ...floor } = await distance(trained);
  return {
    ...(await distance(dataOf(toBytes(samples, set.shape, set.units), set.shape, set.units))),
    floor,
    n: COUNT,
    real: describe(tests),
    solver: "ddim",
    start: "noise",
    steps: STEPS,
    nfe,
    ...(classes && { classes }),
    seed: SEED,
    runtime: runtime.name,
  };
}

/** The zoo's classifier of these images, else principal components. */
async function extractorFor({ name, shape }: Data): Promise<string> {
  const wanted = MODEL_NAMES.find((known) => known === `${name}-classifier`);
  if (wanted === undefined) return "pca64";
  const { card } = await loadModel(wanted);
  const fits = card.kind === "classifier" && canCrop(shape as ImageShape, card.shape as ImageShape);
  return fits ? `zoo:${wanted}` : "pca64";
}
