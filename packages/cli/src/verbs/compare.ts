import { DATA_OPTIONS, loadOptions } from "../options.ts";
import { integer, integers, oneOf } from "../parse.ts";
import { UsageError } from "../usage-error.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb compare <network>` */
export const compare: Verb = defineVerb({
  args: {
    network: {
      type: "positional",
      required: true,
      description: "A run of ssb train, a diffusers directory, a file of ssb export, or zoo:mnist",
    },
    solvers: {
      type: "string",
      default: "ddpm,ddim,pndm,dpm++,unipc",
      description: "Of ddpm, ddim, pndm, dpm++, unipc",
    },
    steps: {
      type: "string",
      default: "10,5,3",
      description: "Numbers of steps to scan starts for",
    },
    also: {
      type: "string",
      default: "8,20",
      description: "More numbers of steps, with the usual start and the chosen one only",
    },
    samples: { type: "string", default: "1000", description: "Samples in each cell of the table" },
    scan: { type: "string", default: "250", description: "Samples at each start of the scan" },
    trial: {
      type: "string",
      default: "200",
      description: "Samples at each of the few starts that auto tries; 0 to trust its prediction",
    },
    paper: {
      type: "string",
      default: "0",
      description:
        "Samples of the paper's own columns, usual noise and best late start; 0 for none",
    },
    full: {
      type: "string",
      default: "100",
      description: "Samples of DDIM-100 and of the whole chain; 0 for none",
    },
    extractor: {
      type: "string",
      description: "pca<k>, or a classifier: its run, file or zoo name (default the zoo's)",
    },
    real: { type: "string", default: "10000", description: "Real images to measure from" },
    data: { type: "string", description: "The training data (default the network's own)" },
    ...DATA_OPTIONS,
    scale: { type: "string", description: "Units of the network (default its own, or symmetric)" },
    seed: { type: "string", default: "1", description: "The same seed, the same samples" },
    out: { type: "string", description: "Directory (default runs/compare-<network>)" },
  },
  examples: [
    "ssb compare zoo:mnist",
    "ssb compare zoo:mnist --solvers ddim --steps 3 --also 5 --samples 500",
    "ssb compare runs/mnist --samples 1500 --paper 10000 --out runs/table",
  ],
  run: async (args) => {
    const [{ runCompare }, { COMPARED }, { networkData }, { defaultExtractor }] = await Promise.all(
      [
        import("../compare/run-compare.ts"),
        import("../compare/compared-solvers.ts"),
        import("../network/network-data.ts"),
        import("../network/default-classifier.ts"),
      ],
    );
    const names = Object.keys(COMPARED) as (keyof typeof COMPARED)[];
    const listed = args.solvers.split(",");
    const solvers = listed.map((name) => oneOf("--solvers", name.trim(), names));
    const { dataset, options, scale } = await networkData(args.network, {
      dataset: args.data,
      options: loadOptions(args),
      scale: args.scale,
    });
    const counts = (option: "steps" | "also") => {
      const found = integers(`--${option}`, args[option] || undefined) ?? [];
      const wrong = found.find((n) => n < 2);
      if (wrong !== undefined)
        throw new UsageError(`--${option} must be 2 or more steps, got ${wrong}`);
      return found;
    };
    await runCompare({
      network: args.network,
      solvers,
      steps: counts("steps"),
      alsoSteps: counts("also"),
      samples: integer("--samples", args.samples, 50)!,
      scan: integer("--scan", args.scan, 50)!,
      trial: integer("--trial", args.trial, 0)!,
      paper: integer("--paper", args.paper, 0)!,
      full: integer("--full", args.full, 0)!,
      extractor: args.extractor ?? defaultExtractor(dataset),
      real: integer("--real", args.real, 50)!,
      dataset,
      options,
      scale,
      seed: integer("--seed", args.seed, 0)!,
      json: args.json === true,
      out: args.out,
    });
  },
});
