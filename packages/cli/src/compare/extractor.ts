import { type Extractor, pixelProjection, projectionExtractor } from "@symbreak/analysis";
import { type Data, dataOf, imageShape, type Moments, unitsOf } from "@symbreak/core";
import { loadClassifier } from "../network/load-classifier.ts";
import { canCrop, recentred } from "../network/recentred.ts";
import { isImageExtractor, openImageExtractor } from "./image-extractor.ts";

/** What features are made for: images of this set, in the units of the network, with these moments. */
export interface Judgement {
  readonly set: Data;
  readonly moments: Moments;
}

/** "pca64": the leading principal components. */
const PROJECTION = /^pca([1-9]\d*)$/;

/**
 * Opens an extractor: `lite0` or `random`, which look at any images, `pca<k>` of the data's moments, or a classifier by its path
 * or its name in the zoo.
 */
export async function openExtractor(name: string, about: Judgement): Promise<Extractor> {
  if (isImageExtractor(name)) return openImageExtractor(name, about.set);
  const components = PROJECTION.exec(name)?.[1];
  if (components === undefined) return openClassifier(name, about.set);
  const { moments } = about;
  return projectionExtractor(pixelProjection(moments, Number(components)));
}

/** A classifier by its path or its name in the zoo, for images like those of `set`. */
export async function openClassifier(path: string, set: Data): Promise<Extractor> {
  const classifier = await loadClassifier(path);
  const { name, digest, classes, shape, featureSize, classify, runtime } = classifier;
  const from = imageShape("ssb", set);
  if (!canCrop(from, shape))
    throw new Error(
      `the classifier ${name} looks at images of ${shape.join("×")}, and these are ${set.shape.join("×")}: take another --extractor, or lite0`,
    );
  const { a, b } = unitsOf(set, classifier.scale);
  const isCropped = shape.join() !== set.shape.join();
  return {
    name,
    digest,
    classes,
    description: `${name}, ${featureSize} features, of samples in 8 bits${isCropped ? `, cropped to ${shape.join("×")}` : ""}, on ${runtime}`,
    judge: async (images) => {
      const values = recentred(images.values, from, shape, { a, b, margin: b });
      const { logits, features } = await classify(values, images.count);
      return { logits, features: dataOf(features, [featureSize]) };
    },
  };
}
