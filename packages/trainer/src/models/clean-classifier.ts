import { invalid } from "@symbreak/core";
import { averagePool, relu, reshape, sizeOf, type Tensor } from "@symbreak/graph";
import type { Parameters as Weights } from "../model.ts";
import type { Classifier } from "./classifier.ts";
import { complete } from "./complete.ts";
import { applyConv, applyLinear, layer } from "./layers.ts";

export interface CleanClassifierConfig {
  /** Height and width, divisible by 4. */
  readonly sampleSize: number | readonly [height: number, width: number];
  readonly inChannels: number;
  readonly classes: number;
  /** Filters of the two convolutions. */
  readonly blockOutChannels: readonly [number, number];
  /** Features before the logits. */
  readonly featureSize: number;
}

/** What must be given; 32 and 64 filters and 128 features by default. */
export type CleanClassifierOptions = Partial<CleanClassifierConfig> &
  Pick<CleanClassifierConfig, "sampleSize" | "inChannels" | "classes">;

/**
 * A small convolutional classifier of images without noise: twice 5×5 convolution, ReLU and halving; a layer of
 * features after a ReLU; logits. It names the class of a sample and gives the features of `FD-<extractor>`; times are
 * not looked at.
 */
export function cleanClassifier(
  options: CleanClassifierOptions,
): Classifier<CleanClassifierConfig> {
  const { sampleSize, inChannels, classes } = options;
  const asked = { sampleSize: undefined, inChannels: 1, classes: 2 };
  const defaults = { ...asked, blockOutChannels: [32, 64], featureSize: 128 };
  const config = complete<CleanClassifierConfig>("cleanClassifier", defaults, options);
  const { featureSize } = config;
  const [a, b] = config.blockOutChannels;
  const [height, width] = [sampleSize, sampleSize].flat() as [number, number];
  if (!(height % 4 === 0 && width % 4 === 0 && height > 0 && width > 0))
    throw invalid("cleanClassifier", "sampleSize must be a multiple of 4", sampleSize);
  if (!Number.isInteger(classes) || classes < 2)
    throw invalid("cleanClassifier", "classes must be a whole number from 2", classes);
  const flat = sizeOf([b, height / 4, width / 4]);

  const features = (p: Weights, x: Tensor): Tensor => {
    const half = averagePool(relu(applyConv(p, "conv.0", x)), 2);
    const quarter = averagePool(relu(applyConv(p, "conv.1", half)), 2);
    return relu(applyLinear(p, "features", reshape(quarter, [-1, flat])));
  };
  return {
    className: "CleanClassifier",
    config,
    shape: [inChannels, height, width],
    outputShape: [classes],
    featureShape: [featureSize],
    parameters: [
      ...layer("conv.0", [a, inChannels, 5, 5]),
      ...layer("conv.1", [b, a, 5, 5]),
      ...layer("features", [featureSize, flat]),
      ...layer("logits", [classes, featureSize]),
    ],
    features,
    apply: (p, x) => applyLinear(p, "logits", features(p, x)),
  };
}
