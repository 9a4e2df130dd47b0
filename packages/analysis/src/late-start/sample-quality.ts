import { type Data, invalid, type Multiply, sliceSamples } from "@symbreak/core";
import {
  type ClassDiversity,
  classDiversity,
  classHistogram,
} from "../distance/class-diversity.ts";
import { type FrechetDistance, frechetDistance } from "../distance/frechet-distance.ts";
import { type KernelDistance, kernelDistance } from "../distance/kernel-distance.ts";
import { type ManifoldCoverage, manifoldCoverage } from "../distance/manifold-coverage.ts";

/** What a classifier says of samples. */
export interface Judged {
  /** count × size. */
  readonly features: Data;
  /** count × classes, before the softmax; absent where there is no classifier. */
  readonly logits?: Float32Array;
}

/** Real images, and how samples are held against them. */
export interface QualityReference {
  /** The name of the features: "mnist-classifier". */
  readonly extractor: string;
  readonly features: Data;
  /** Images in each class, of the same real images; needed with logits. */
  readonly classes?: readonly number[];
  readonly multiply?: Multiply;
  /** Of all that is drawn at random in the measures. Default 0. */
  readonly seed?: number;
}

/** How good a set of samples is, as plain JSON. */
export interface SampleQuality {
  readonly frechet: FrechetDistance;
  /** Null where only the quick measures were asked for. */
  readonly kernel: KernelDistance | null;
  readonly manifold: ManifoldCoverage | null;
  /** Of the predicted classes, against the real images' own: entropy, KL and JS in bits. */
  readonly classes: ClassDiversity | null;
  /** Share of the samples whose most likely class has a probability below {@link SURE}. */
  readonly unsure: number | null;
}

/** A classifier is sure of an image from this probability on. */
export const SURE = 0.9;

/** Samples of either set that precision, recall, density and coverage look at: their cost grows as the square. */
const MANIFOLD_SAMPLES = 5000;

/**
 * All measures of a set of samples against real images: Fréchet and kernel distance, precision, recall, density, coverage
 * (of the first 5000 of either set), the diversity of classes, and the share of images that the classifier is not sure of.
 * Unless `thorough`, a scan's quick look: without the kernel distance and the coverage, which cost most.
 */
export async function sampleQuality(
  reference: QualityReference,
  { features, logits }: Judged,
  { thorough = true }: { readonly thorough?: boolean } = {},
): Promise<SampleQuality> {
  const { extractor, features: real, classes, multiply, seed = 0 } = reference;
  const products = multiply && { multiply };
  const frechet = frechetDistance(real, features, { extractor, seed });
  const kernel = thorough ? await kernelDistance(real, features, { ...products, seed }) : null;
  const manifold = thorough
    ? await manifoldCoverage(few(real), few(features), { ...products })
    : null;
  const named = logits && classifications(logits, classes);
  return {
    frechet,
    kernel,
    manifold,
    classes: named ? classDiversity(named.histogram, classes!) : null,
    unsure: named ? named.unsure : null,
  };
}

/** The histogram of the most likely classes, and the share of samples without one that is likely enough. */
export function classifications(
  logits: Float32Array,
  classes: readonly number[] | undefined,
): { readonly histogram: readonly number[]; readonly unsure: number } {
  const width = classes?.length ?? 0;
  if (width < 2 || logits.length % width !== 0)
    throw invalid("sampleQuality", "classes must count the real images of each logit", classes);
  const count = logits.length / width;
  const labels = new Int32Array(count);
  let unsure = 0;
  for (let i = 0; i < count; i++) {
    const row = logits.subarray(i * width, (i + 1) * width);
    const most = row.reduce((a, b) => Math.max(a, b));
    labels[i] = row.indexOf(most);
    const sum = row.reduce((total, logit) => total + Math.exp(logit - most), 0);
    if (1 / sum < SURE) unsure++;
  }
  return { histogram: classHistogram(labels, width), unsure: unsure / count };
}

function few(data: Data): Data {
  return sliceSamples(data, 0, Math.min(MANIFOLD_SAMPLES, data.count));
}
