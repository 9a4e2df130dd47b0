import type { Team } from "@symbreak/core";
import { distanceText } from "../distance/distance-text.ts";
import { keptMaker, openFeatureMaker } from "../distance/feature-maker.ts";
import { FEATURE_OPTIONS, featureOptions } from "../distance/feature-options.ts";
import { measureDistance } from "../distance/measure-distance.ts";
import { imagesOf, loadSide } from "../distance/side.ts";
import { matrixEngine } from "../engine/matrix-engine.ts";
import { DATA_OPTIONS, loadOptions, OUT_OPTION } from "../options.ts";
import { integer } from "../parse.ts";
import { partsOf } from "../shards/cut.ts";
import { progress } from "../terminal/progress.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb distance <real> <generated>` */
export const distance: Verb = defineVerb({
  args: {
    real: {
      type: "positional",
      required: true,
      description: "A data set, a folder, a .npy or .npz of images, or a .npz of mu and sigma.",
    },
    generated: { type: "positional", required: true, description: "The same, of the samples." },
    ...FEATURE_OPTIONS,
    k: {
      type: "string",
      default: "5",
      description: "Neighbours of precision and recall (default 5).",
    },
    ...DATA_OPTIONS,
    seed: {
      type: "string",
      default: "0",
      description: "Seed of the subsets and the jackknife's groups (default 0).",
    },
    ...OUT_OPTION,
  },
  examples: [
    "ssb distance mnist ./samples --extractor zoo:mnist-classifier",
    "ssb distance mnist samples.npy --extractor pca64 --limit 10000 --json",
    "ssb distance stats.npz samples.npy --extractor fid --inception pt_inception.safetensors",
    "ssb distance stats.npz other-stats.npz",
  ],
  shards: "",
  run: async (args, _, cut) => {
    const [k, seed] = [integer("--k", args.k, 1), integer("--seed", args.seed, 0)];
    const options = loadOptions(args);
    const { extractor, inception } = featureOptions(args);
    const bar = progress({ "loading the images": 1, "features and distances": 10 });
    bar.phase("loading the images");
    const real = await loadSide(args.real, options);
    const generated = await loadSide(args.generated, options);
    bar.phase("features and distances");
    const reference = imagesOf(real) ?? imagesOf(generated);
    const opened = reference && (await openFeatureMaker(extractor, reference, inception));
    const parts = await partsOf(cut, args.out);
    const kept = (team: Team | undefined) =>
      opened && keptMaker(opened, reference, { ...parts, team });
    // The sides are cut. What they are anchored by hangs on both, and is made by whoever has them.
    const [maker, anchoring] = [await kept(parts.team), await kept(undefined)];
    const { multiply } = await matrixEngine();
    const onProgress = bar.at;
    const result = await measureDistance({
      ...{ real, generated, maker, anchoring, k, seed, multiply, onProgress },
    });
    bar.end();
    return { result, text: distanceText(result) };
  },
});
