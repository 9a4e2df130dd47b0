import type { CloneSolverName } from "../clone/clone-solvers.ts";
import { DATA_OPTIONS, loadOptions } from "../options.ts";
import { integer, integers, number, oneOf } from "../parse.ts";
import { UsageError } from "../usage-error.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb clone <network>` and `ssb clone --mixture` */
export const clone: Verb = defineVerb({
  args: {
    network: {
      type: "positional",
      required: false,
      description: "A run of ssb train, a diffusers directory, a file of ssb export, or zoo:<name>",
    },
    mixture: {
      type: "boolean",
      description: "Two Gaussians at ±(1, …, 1) with their exact score, in place of a network",
    },
    dim: { type: "string", description: "Mixture: dimensions d (default 1024)" },
    deviation: {
      type: "string",
      description: "Mixture: standard deviation of a class (default 1)",
    },
    classifier: {
      type: "string",
      description: "A run, a file, zoo:<name>, or nearest: the class of the nearest image",
    },
    solver: {
      type: "string",
      default: "ddpm",
      description: "ddpm (variance beta, as in the paper), ddpm-small, sde-dpm++",
    },
    steps: { type: "string", description: "Steps (default 50; mixture 1000)" },
    pairs: {
      type: "string",
      description: "Pairs of clones at each time (default 200; mixture 10000)",
    },
    times: {
      type: "string",
      description:
        "Chain indices, such as 500,450,400 (default every 50th about t_S); mixture: OU times",
    },
    data: { type: "string", description: "The training data (default the network's own)" },
    ...DATA_OPTIONS,
    scale: { type: "string", description: "Units of the network (default its own, or symmetric)" },
    seed: { type: "string", default: "1", description: "The same seed, the same clones" },
    out: { type: "string", description: "Directory (default runs/clone-<network>)" },
  },
  examples: [
    "ssb clone --mixture --dim 1024 --json",
    "ssb clone zoo:mnist",
    "ssb clone zoo:mnist-1-8 --steps 100 --pairs 1000 --times 600,550,500,450,400,350,300",
    "ssb clone runs/mine --data ./images --classifier nearest --out runs/clones",
  ],
  run: async (args) => {
    const common = {
      seed: integer("--seed", args.seed, 0)!,
      json: args.json === true,
      out: args.out,
    };
    if (args.mixture) {
      if (args.network !== undefined)
        throw new UsageError("clone takes a network or --mixture, not both (ssb clone --help)");
      const { runCloneMixture } = await import("../clone/run-clone-mixture.ts");
      await runCloneMixture({
        ...common,
        size: integer("--dim", args.dim, 1) ?? 1024,
        deviation: positive("--deviation", args.deviation) ?? 1,
        pairs: integer("--pairs", args.pairs, 10) ?? 10_000,
        steps: integer("--steps", args.steps, 10) ?? 1000,
        ouTimes: args.times?.split(",").map((time) => positive("--times", time)!),
      });
      return;
    }
    if (args.network === undefined)
      throw new UsageError("clone needs a network, or --mixture (ssb clone --help)");
    for (const option of ["dim", "deviation"] as const)
      if (args[option] !== undefined)
        throw new UsageError(`--${option} is for --mixture (ssb clone --help)`);
    const [{ runClone }, { CLONE_SOLVERS }, { networkData }, { defaultClassifier }] =
      await Promise.all([
        import("../clone/run-clone.ts"),
        import("../clone/clone-solvers.ts"),
        import("../network/network-data.ts"),
        import("../network/default-classifier.ts"),
      ]);
    const { dataset, options, scale } = await networkData(args.network, {
      dataset: args.data,
      options: loadOptions(args),
      scale: args.scale,
    });
    await runClone({
      ...common,
      network: args.network,
      ...{ dataset, options, scale },
      classifier: args.classifier ?? defaultClassifier(dataset),
      solver: oneOf("--solver", args.solver, Object.keys(CLONE_SOLVERS) as CloneSolverName[]),
      steps: integer("--steps", args.steps, 2) ?? 50,
      pairs: integer("--pairs", args.pairs, 2) ?? 200,
      indices: integers("--times", args.times),
    });
  },
});

function positive(option: string, text: string | undefined): number | undefined {
  const value = number(option, text);
  if (value !== undefined && !(value > 0))
    throw new UsageError(`${option} must be positive, got ${text}`);
  return value;
}
