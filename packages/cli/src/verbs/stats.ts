import { featureStatistics } from "@symbreak/analysis";
import { sizeOf } from "@symbreak/core";
import { npzBytes } from "@symbreak/datasets";
import { writeAtomically } from "@symbreak/files";
import { keptMaker, openFeatureMaker } from "../distance/feature-maker.ts";
import { FEATURE_OPTIONS, featureOptions } from "../distance/feature-options.ts";
import { imagesOf, loadSide } from "../distance/side.ts";
import { DATA_OPTIONS, loadOptions } from "../options.ts";
import { partsOf } from "../shards/cut.ts";
import { progress } from "../terminal/progress.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb stats <data>`: mean and covariance as pytorch-fid keeps them, with n and the extractor's name. */
export const stats: Verb = defineVerb({
  args: {
    data: {
      type: "positional",
      required: true,
      description: "A data set, or a folder, a .npy or .npz of images.",
    },
    ...FEATURE_OPTIONS,
    ...DATA_OPTIONS,
    out: {
      type: "string",
      default: "stats.npz",
      description: "The file to write (default stats.npz).",
    },
  },
  outIsFile: true,
  examples: [
    "ssb stats mnist --extractor pixels --out mnist.npz",
    "ssb stats cifar10 --extractor fid --inception pt_inception.safetensors --out cifar10-fid.npz",
  ],
  shards: ".shards",
  run: async (args, _, cut) => {
    const options = loadOptions(args);
    const { extractor, inception } = featureOptions(args);
    const bar = progress({ "loading the images": 1, features: 10 });
    bar.phase("loading the images");
    const side = await loadSide(args.data, options);
    const set = imagesOf(side);
    if (set === undefined) throw new Error(`${args.data} holds statistics already`);
    bar.phase("features");
    const opened = await openFeatureMaker(extractor, set, inception);
    const maker = await keptMaker(opened, set, await partsOf(cut, undefined));
    const features = await maker.make(set);
    const { mean, covariance } = featureStatistics(features);
    const size = sizeOf(features.shape);
    const { count } = features;
    bar.end();
    const { out: file } = args;
    const bytes = npzBytes({
      mu: { data: mean },
      sigma: { data: covariance, shape: [size, size] },
      n: { data: Float64Array.of(count), shape: [] },
      extractor: { data: new TextEncoder().encode(maker.name) },
    });
    await writeAtomically(file, bytes);
    return {
      result: {
        ...{ data: side.description, extractor: maker.name, features: maker.description },
        ...{ size, count, keys: ["mu", "sigma", "n", "extractor"] },
        ...{ covariance: "1/(n − 1)", file },
      },
      directory: null,
      text: `${side.description}, n = ${count}\n${maker.description}\nmu [${size}] and sigma [${size} × ${size}], 1/(n − 1): ${file}\n`,
    };
  },
});
