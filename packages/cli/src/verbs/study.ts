import { DATA_OPTIONS, loadOptions } from "../options.ts";
import { integer, integers, oneOf } from "../parse.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** How much is looked at: usually, and for a first look. */
const SIZES = {
  samples: [500, 100],
  scan: [100, 50],
  images: [4000, 1000],
  pairs: [200, 50],
  "clone-steps": [50, 25],
} as const;

const QUICK_SYMMETRY = { exact: 500, held: 64, starts: 10, pairs: 3, directions: 8, draws: 1 };

/** `ssb study <network>` */
export const study: Verb = defineVerb({
  args: {
    network: {
      type: "positional",
      required: true,
      description: "A run of ssb train, a diffusers directory, a file of ssb export, or zoo:mnist",
    },
    data: { type: "string", description: "The training data (default the network's own)" },
    ...DATA_OPTIONS,
    scale: { type: "string", description: "Units of the network (default its own, or symmetric)" },
    extractor: {
      type: "string",
      description: "pca<k>, or a classifier: its run, file or zoo name (default the zoo's)",
    },
    classifier: {
      type: "string",
      description: "Says where clones end: a classifier, or nearest (default the zoo's)",
    },
    solvers: { type: "string", default: "ddpm,ddim", description: "As for ssb compare" },
    steps: { type: "string", default: "10,5,3", description: "Numbers of steps of the table" },
    quick: { type: "boolean", description: "A first look: about a fifth of everything" },
    samples: { type: "string", description: "Samples in each cell of the table (500, quick 100)" },
    scan: { type: "string", description: "Samples at each start of the scan (100, quick 50)" },
    full: { type: "string", default: "0", description: "Samples of the whole chain" },
    images: { type: "string", description: "Images of the excess entropy (4000, quick 1000)" },
    pairs: { type: "string", description: "Pairs of clones at each time (200, quick 50)" },
    "clone-steps": { type: "string", description: "Steps of cloned trajectories (50, quick 25)" },
    seed: { type: "string", default: "1", description: "The same seed, the same numbers" },
    out: { type: "string", description: "Directory (default runs/study-<network>)" },
  },
  examples: [
    "ssb study zoo:mnist",
    "ssb study runs/mine --quick",
    "ssb study runs/mine --data ./images --scale symmetric --out runs/study",
    "ssb study model.onnx --data mnist --extractor pca64 --samples 1000",
  ],
  run: async (args) => {
    const [{ runStudy }, { COMPARED }, { networkData }, { defaultClassifier, defaultExtractor }] =
      await Promise.all([
        import("../study/run-study.ts"),
        import("../compare/compared-solvers.ts"),
        import("../network/network-data.ts"),
        import("../network/default-classifier.ts"),
      ]);
    const names = Object.keys(COMPARED) as (keyof typeof COMPARED)[];
    const { dataset, options, scale } = await networkData(args.network, {
      dataset: args.data,
      options: loadOptions(args),
      scale: args.scale,
    });
    const quick = args.quick === true;
    const count = (option: keyof typeof SIZES, least: number) => {
      const [usual, few] = SIZES[option];
      return integer(`--${option}`, args[option], least) ?? (quick ? few : usual);
    };
    await runStudy({
      network: args.network,
      ...{ dataset, options, scale },
      extractor: args.extractor ?? defaultExtractor(dataset),
      classifier: args.classifier ?? defaultClassifier(dataset),
      real: 10_000,
      solvers: args.solvers.split(",").map((name) => oneOf("--solvers", name.trim(), names)),
      steps: integers("--steps", args.steps)!,
      alsoSteps: [],
      samples: count("samples", 50),
      scan: count("scan", 50),
      full: integer("--full", args.full, 0)!,
      paper: 0,
      trial: 0,
      images: count("images", 100),
      pairs: count("pairs", 10),
      cloneSteps: count("clone-steps", 2),
      symmetry: quick ? QUICK_SYMMETRY : {},
      seed: integer("--seed", args.seed, 0)!,
      json: args.json === true,
      out: args.out,
    });
  },
});
