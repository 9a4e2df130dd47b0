import { dataDigest, keptJudged, moments } from "@symbreak/analysis";
import { type Data, dataOf, imageShape, inUnits, type Moments, withUnits } from "@symbreak/core";
import { openExtractor } from "../compare/extractor.ts";
import type { Parts } from "../shards/cut.ts";
import { UsageError } from "../usage-error.ts";
import { openInception } from "./inception.ts";

/** Turns images into the features that distances are taken of. */
export interface FeatureMaker {
  /** In "FD-<name>"; "fid", the FID network on weights with a pinned hash, makes it FID. */
  readonly name: string;
  /** For the protocol: network, resize, range. */
  readonly description: string;
  /** SHA-256 of a classifier; nothing where the description says all. */
  readonly digest?: string | null | undefined;
  make(set: Data): Promise<Data>;
}

/** A maker whose features are kept, in blocks that shards share. */
export async function keptMaker(
  maker: FeatureMaker,
  reference: Data,
  parts: Parts,
): Promise<FeatureMaker> {
  const judge = async (set: Data) => ({ features: await maker.make(set) });
  const digest = await dataDigest(reference);
  return {
    ...maker,
    make: async (set) => (await keptJudged({ ...maker, judge }, set, digest, parts)).features,
  };
}

/** What the FID network is loaded from. */
export interface InceptionFile {
  readonly path: string | undefined;
  readonly sha256: string | undefined;
}

/**
 * Opens `pixels`, `pca<k>` of the reference's own directions, `fid` on the user's weights, or a classifier.
 *
 * @param reference the real images, which give the principal directions
 */
export async function openFeatureMaker(
  name: string,
  reference: Data,
  inception: InceptionFile,
): Promise<FeatureMaker> {
  if (name === "fid") return ofInception(inception);
  const { units } = withUnits(reference, "symmetric");
  if (name === "pixels")
    return {
      name,
      description: "pixels in [−1, 1], 8 bits",
      make: async (set) => {
        checkShape(set, reference);
        return { ...set, units };
      },
    };
  const found: Moments = /^pca\d+$/.test(name)
    ? await moments({ ...reference, units })
    : {
        size: 0,
        mean: new Float64Array(0),
        covariance: { kind: "diagonal", variances: new Float64Array(0) },
      };
  const extractor = await openExtractor(name, { set: { ...reference, units }, moments: found });
  return {
    name: extractor.name,
    description: extractor.description,
    digest: extractor.digest,
    make: async (set) => {
      checkShape(set, reference);
      return (await extractor.judge({ ...set, units })).features;
    },
  };
}

function checkShape(set: Data, reference: Data): void {
  if (set.shape.join() !== reference.shape.join())
    throw new UsageError(
      `images of ${set.shape.join("×")} and of ${reference.shape.join("×")} have no features in common: bring them to one size with --resize, --pad, --channel`,
    );
}

async function ofInception({ path, sha256 }: InceptionFile): Promise<FeatureMaker> {
  if (path === undefined)
    throw new UsageError(
      "--extractor fid needs --inception: pytorch-fid's weights as safetensors, or an ONNX export (see ssb distance --help)",
    );
  const network = await openInception(path, sha256);
  return {
    // Whether these are the weights of 2015-12-05 only who gave their hash can say.
    name: sha256 === undefined ? `inception-${network.sha256.slice(0, 8)}` : "fid",
    description: `FID Inception pool3, 2048 features, weights SHA-256 ${network.sha256} (${sha256 === undefined ? "not pinned by --sha256" : "pinned"}); 8 bits/255, gray repeated, bilinear to 299 (half-pixel centres, no antialias), 2x − 1; on ${network.runtime}`,
    make: async (set) => {
      const shape = imageShape("ssb distance", set);
      return dataOf(await network.features(inUnits(withUnits(set, "unit")), shape), [2048]);
    },
  };
}
