import { DATA_OPTIONS, loadOptions } from "../options.ts";
import { oneOf } from "../parse.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb analyze <dataset>` */
export const analyze: Verb = defineVerb({
  args: {
    dataset: {
      type: "positional",
      required: true,
      description: "mnist, fashion-mnist, cifar10, or a file or folder of images",
    },
    ...DATA_OPTIONS,
    scale: {
      type: "string",
      default: "symmetric",
      description: "Units of the model: unit, symmetric, zscore, trace",
    },
    out: {
      type: "string",
      description: "Directory of the report (default runs/analyze-<dataset>)",
    },
  },
  examples: [
    "ssb analyze mnist",
    "ssb analyze mnist --classes 1,8 --per-class 5000 --pad 32 --scale unit --json",
    "ssb analyze ./my-images --resize 32 --out runs/mine",
  ],
  run: async (args) => {
    const { UNITS } = await import("@symbreak/core");
    const scale = oneOf("--scale", args.scale, UNITS);
    const options = loadOptions(args);
    const { runAnalyze } = await import("../analyze/run-analyze.ts");
    await runAnalyze({
      dataset: args.dataset,
      options,
      scale,
      json: args.json === true,
      out: args.out,
    });
  },
});
