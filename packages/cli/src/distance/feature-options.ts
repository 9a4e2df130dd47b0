import type { InceptionFile } from "./feature-maker.ts";

/** The options that choose the features, shared by the verbs that make them. */
export const FEATURE_OPTIONS = {
  extractor: {
    type: "string",
    default: "lite0",
    description:
      "lite0, random, pca<k> of the real images, pixels, fid, or a classifier: its run, file or zoo name",
  },
  inception: {
    type: "string",
    description:
      "For fid: pytorch-fid's weights as safetensors, or an ONNX of [n, 3, 299, 299] in [-1, 1]",
  },
  sha256: { type: "string", description: "What that file must have; printed in any case" },
} as const;

/** The options as the runs take them. */
export function featureOptions(given: {
  readonly extractor: string;
  readonly inception?: string | undefined;
  readonly sha256?: string | undefined;
}): { readonly extractor: string; readonly inception: InceptionFile } {
  const { extractor, inception, sha256 } = given;
  return { extractor, inception: { path: inception, sha256 } };
}
