import { FEATURE_OPTIONS, featureOptions } from "../distance/feature-options.ts";
import { DATA_OPTIONS, loadOptions } from "../options.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb stats <data>` */
export const stats: Verb = defineVerb({
  args: {
    data: {
      type: "positional",
      required: true,
      description: "A data set, or a folder, .npy or .npz of images",
    },
    ...FEATURE_OPTIONS,
    ...DATA_OPTIONS,
    out: { type: "string", default: "stats.npz", description: "The file to write" },
  },
  examples: [
    "ssb stats mnist --extractor pixels --out mnist.npz",
    "ssb stats cifar10 --extractor fid --inception pt_inception.safetensors --out cifar10-fid.npz",
  ],
  run: async (args) => {
    const { runStats } = await import("../distance/run-stats.ts");
    await runStats({
      data: args.data,
      options: loadOptions(args),
      ...featureOptions(args),
      out: args.out,
      json: args.json === true,
    });
  },
});
