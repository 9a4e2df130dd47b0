import { FEATURE_OPTIONS, featureOptions } from "../distance/feature-options.ts";
import { DATA_OPTIONS, loadOptions } from "../options.ts";
import { integer } from "../parse.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb distance <real> <generated>` */
export const distance: Verb = defineVerb({
  args: {
    real: {
      type: "positional",
      required: true,
      description:
        "A data set, a folder, .npy or .npz of images, or a .npz of mu and sigma (or cov)",
    },
    generated: { type: "positional", required: true, description: "The same, of the samples" },
    ...FEATURE_OPTIONS,
    k: { type: "string", default: "5", description: "Neighbours of precision and recall" },
    ...DATA_OPTIONS,
    seed: { type: "string", default: "0", description: "Of subsets and jackknife groups" },
  },
  examples: [
    "ssb distance mnist ./samples --extractor zoo:mnist-classifier",
    "ssb distance mnist samples.npy --extractor pca64 --limit 10000 --json",
    "ssb distance stats.npz samples.npy --extractor fid --inception pt_inception.safetensors",
    "ssb distance stats.npz other-stats.npz",
  ],
  run: async (args) => {
    const { runDistance } = await import("../distance/run-distance.ts");
    await runDistance({
      real: args.real,
      generated: args.generated,
      options: loadOptions(args),
      ...featureOptions(args),
      k: integer("--k", args.k, 1) ?? 5,
      seed: integer("--seed", args.seed, 0) ?? 0,
      json: args.json === true,
    });
  },
});
