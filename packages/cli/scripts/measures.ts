/**
 * What the measures can tell, on a set of images: the table of docs/measures.md.
 *
 *   pnpm exec node --conditions=source packages/cli/scripts/measures.ts cifar10|mnist|fashion-mnist|<folder> [count] [extractor …]
 *
 * Extractors are pca64, random, lite0 and zoo classifiers. Each set has `count` images (default 1000); corruptions are of the same images as the first
 * disjoint real set.
 */
import {
  anchorCoverage,
  anchors,
  discrimination,
  discriminationText,
  frechetMeasure,
  gaussianDraws,
  type ImageFeatures,
  kernelMeasure,
  lite0Features,
  manifoldCoverage,
  moments,
  pixelProjection,
  placed,
  randomFeatures,
} from "@symbreak/analysis";
import {
  bytesOf,
  type Data,
  dataOf,
  imageShape,
  sizeOf,
  sliceSamples,
  takeSamples,
} from "@symbreak/core";
import { loadDataset } from "@symbreak/datasets";
import { loadModel } from "@symbreak/zoo";
import { openExtractor } from "../src/compare/extractor.ts";
import { openInference } from "../src/engine/inference.ts";
import { matrixEngine } from "../src/engine/matrix-engine.ts";
import { corruptions } from "./corruptions.ts";

const [name = "mnist", given = "1000", ...asked] = process.argv.slice(2);
const count = Number(given);
const SETS = 5;
const set = await loadDataset(name);
const { multiply } = await matrixEngine();
const draws = bytesOf("measures", await gaussianDraws(set, count, { seed: 1, multiply }));

/** One by one, so that classes come evenly. */
const chosen = Float64Array.from({ length: (SETS + 1) * count }, (_, i) =>
  Math.floor((i * set.count) / ((SETS + 1) * count)),
);
const images = bytesOf("measures", takeSamples(set, chosen));
const damaged = corruptions(set, count, draws);

async function open(extractor: string): Promise<ImageFeatures> {
  if (extractor === "random") return randomFeatures();
  if (extractor === "lite0") {
    const { session, Tensor } = await openInference(await (await loadModel("lite0")).weights());
    return lite0Features(session, { Tensor });
  }
  // Only principal components look at the moments of the pixels, which take minutes of photographs.
  const few = extractor.startsWith("pca") ? set : sliceSamples(set, 0, 2);
  const opened = await openExtractor(extractor, { set, moments: await moments(few) });
  return {
    name: opened.name,
    size: 0,
    description: opened.description,
    features: async (bytes) =>
      (await opened.judge(dataOf(bytes, set.shape, set.units))).features.values as Float32Array,
  };
}

for (const extractor of asked.length > 0 ? asked : ["pca64", "random", "lite0"]) {
  const started = Date.now();
  const { name: short, features } = await open(extractor);
  const raw = async (bytes: Uint8Array): Promise<Data> => {
    const values = await features(bytes, imageShape("measures", set));
    return dataOf(values, [(values.length * sizeOf(set.shape)) / bytes.length]);
  };
  const real = await raw(images);
  const wide = sizeOf(real.shape) > 64;
  const directions = wide ? pixelProjection(await moments(real), 64) : undefined;
  const made = new Map<string, Data>([["gaussian", await raw(draws)]]);
  for (const [corruption, bytes] of Object.entries(damaged)) made.set(corruption, await raw(bytes));
  const seconds = (Date.now() - started) / 1000;
  for (const project of directions ? [directions.project, undefined] : [undefined]) {
    const seen = (data: Data): Data => project?.(data) ?? data;
    const sets = anchors(seen(real), seen(made.get("gaussian")!), { count, sets: SETS });
    for (const measure of [frechetMeasure(short), kernelMeasure(short, { multiply })]) {
      const found = await discrimination(measure, sets);
      const places: string[] = [];
      for (const [corruption, data] of made) {
        if (corruption === "gaussian") continue;
        const { place, standardDeviation } = await placed(measure, sets, found, seen(data));
        places.push(
          `${corruption} ${place?.toFixed(3)} (${((place ?? 0) / (standardDeviation ?? 1)).toFixed(0)})`,
        );
      }
      const { floor } = found;
      process.stdout.write(
        `${name} | ${measure.name}, ${sizeOf(sets.reference.shape)} dims | n ${count} | floor ${floor.mean.toPrecision(4)} ± ${floor.standardDeviation.toPrecision(2)} | Gaussian ${found.gaussian.toPrecision(4)} | ratio ${found.ratio?.toPrecision(3) ?? "–"} | z ${found.z.toPrecision(3)} | ${places.join(" | ")} | ${discriminationText(found)} | ${seconds.toFixed(0)} s of features\n`,
      );
    }
    if (project === directions?.project) {
      const { real: held, gaussian: top } = await anchorCoverage(sets, { multiply });
      const mixed = await manifoldCoverage(sets.reference, seen(made.get("mix")!), { multiply });
      const line = (words: string, { precision, recall, density, coverage }: typeof held) =>
        `${words}: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, density ${density.toFixed(3)}, coverage ${coverage.toFixed(3)}`;
      process.stdout.write(
        `  ${line("real", held)} | ${line("Gaussian", top)} | ${line("mix", mixed)}\n`,
      );
    }
  }
}
