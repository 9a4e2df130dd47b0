import { DATA_OPTIONS, loadOptions } from "../data-options.ts";
import { integer, oneOf } from "../parse.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb sample <network>` */
export const sample: Verb = defineVerb({
  summary: "Images from a trained network, started from noise or late, in as few steps as asked",
  args: {
    network: {
      type: "positional",
      required: true,
      description: "A run of ssb train, a diffusers directory, a file of ssb export, or zoo:mnist",
    },
    solver: {
      type: "string",
      default: "ddim",
      description: "ddim, ddpm, pndm, dpm++, unipc, euler, heun",
    },
    steps: { type: "string", default: "5", description: "Steps of the solver" },
    start: {
      type: "string",
      default: "auto",
      description: "auto, noise, or the index of a Gaussian late start",
    },
    data: {
      type: "string",
      description: "The training data, for the start's moments (default the network's own)",
    },
    ...DATA_OPTIONS,
    scale: { type: "string", description: "Units of the network (default its own, or symmetric)" },
    count: { type: "string", default: "64", description: "How many images" },
    seed: { type: "string", default: "1", description: "The same seed, the same images" },
    out: { type: "string", description: "Directory (default runs/sample-<network>)" },
  },
  examples: [
    "ssb sample zoo:mnist --steps 3",
    "ssb sample runs/mnist-tiny --steps 10 --solver dpm++ --start noise",
    "ssb sample model.onnx --start 500 --seed 7 --count 16",
  ],
  run: async (args) => {
    const [{ networkData }, { runSample }, { SOLVERS }] = await Promise.all([
      import("../network/network-data.ts"),
      import("../sample/run-sample.ts"),
      import("../sample/solver-on-chain.ts"),
    ]);
    const { start } = args;
    const { dataset, options, scale } = await networkData(args.network, {
      dataset: args.data,
      options: loadOptions(args),
      scale: args.scale,
    });
    await runSample({
      network: args.network,
      solver: oneOf("--solver", args.solver, Object.keys(SOLVERS) as (keyof typeof SOLVERS)[]),
      steps: integer("--steps", args.steps, 1)!,
      start: start === "auto" || start === "noise" ? start : integer("--start", start, 0)!,
      dataset,
      options,
      scale,
      count: integer("--count", args.count, 1)!,
      seed: integer("--seed", args.seed, 0)!,
      json: args.json === true,
      out: args.out,
    });
  },
});
