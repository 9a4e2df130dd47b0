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
      description: "A run of ssb train, a diffusers pipeline directory, or a file of ssb export",
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
      default: "mnist",
      description: "The training data: a late start needs its moments",
    },
    ...DATA_OPTIONS,
    scale: { type: "string", default: "symmetric", description: "Units of the network" },
    count: { type: "string", default: "64", description: "How many images" },
    seed: { type: "string", default: "1", description: "The same seed, the same images" },
    out: { type: "string", description: "Directory (default runs/sample-<network>)" },
  },
  examples: [
    "ssb sample runs/mnist-tiny --steps 3",
    "ssb sample runs/mnist-tiny --steps 10 --solver dpm++ --start noise",
    "ssb sample model.onnx --start 500 --seed 7 --count 16",
  ],
  run: async (args) => {
    const [{ SCALES }, { runSample }, { SOLVERS }] = await Promise.all([
      import("@symbreak/datasets"),
      import("../sample/run-sample.ts"),
      import("../sample/solver-on-chain.ts"),
    ]);
    const { start } = args;
    await runSample({
      network: args.network,
      solver: oneOf("--solver", args.solver, Object.keys(SOLVERS) as (keyof typeof SOLVERS)[]),
      steps: integer("--steps", args.steps, 1)!,
      start: start === "auto" || start === "noise" ? start : integer("--start", start, 0)!,
      dataset: args.data,
      options: loadOptions(args),
      scale: oneOf("--scale", args.scale, SCALES),
      count: integer("--count", args.count, 1)!,
      seed: integer("--seed", args.seed, 0)!,
      json: args.json === true,
      out: args.out,
    });
  },
});
