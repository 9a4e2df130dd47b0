import { bytesOf, type Data, dataOf } from "@symbreak/core";
import type { ImageFeatures } from "../distance/image-features.ts";
import type { PixelProjection } from "../distance/pixel-projection.ts";
import type { Judged } from "../late-start/sample-quality.ts";

/**
 * What looks at samples: it makes the features that distances are taken of and, if it is a classifier, says their classes. One
 * interface for comparisons, distances and clones.
 */
export interface Extractor {
  /** In "FD-<name>". */
  readonly name: string;
  /** For the protocol: the network, and what is done to the samples. */
  readonly description: string;
  /** SHA-256 of what it was made of; nothing where the name says all. */
  readonly digest?: string | null | undefined;
  /** The names of its classes, if it is a classifier. */
  readonly classes?: readonly string[] | undefined;
  /** Features of samples (and logits, of a classifier), in whatever units the samples say. */
  judge(samples: Data): Promise<Judged>;
}

/** The extractor of a projection on principal directions; it needs no network. */
export function projectionExtractor({ extractor, project }: PixelProjection): Extractor {
  return {
    name: extractor,
    description: `${extractor.slice("pca".length)} leading principal directions of the data`,
    judge: async (samples) => ({ features: project(samples) }),
  };
}

/** The extractor of a network that looks at any images, such as `lite0Features`. */
export function imageExtractor(of: ImageFeatures): Extractor {
  return {
    name: of.name,
    description: of.description,
    judge: async (samples) => {
      const images = bytesOf(of.name, samples);
      return { features: dataOf(await of.features(images, samples.shape), [of.size]) };
    },
  };
}
