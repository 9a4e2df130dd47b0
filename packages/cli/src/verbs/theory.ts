import { numbers } from "@symbreak/figures";
import { grouped, OUT_OPTION } from "../options.ts";
import { numbers as decimals, integer, number, oneOf } from "../parse.ts";
import { textTable } from "../terminal/table.ts";
import type { TheoryPage } from "../theory/theory-page.ts";
import { UsageError } from "../usage-error.ts";
import { defineVerb, type Verb } from "../verb.ts";

const MODELS = [
  "two-deltas",
  "mixture",
  "sphere",
  "curie-weiss",
  "guidance",
  "random-features",
] as const;

/** `ssb theory <model>` */
export const theory: Verb = defineVerb({
  args: {
    model: {
      type: "positional",
      required: true,
      description: "two-deltas, mixture, sphere, curie-weiss, guidance or random-features.",
    },
    ...grouped("Model", {
      mean: {
        type: "string",
        description: "mixture: half the distance between the two classes (default 2).",
      },
      deviation: {
        type: "string",
        description:
          "mixture: standard deviation of the classes (default 0.5), with --means one each too; guidance: of both (default 1).",
      },
      weight: {
        type: "string",
        description: "mixture: share of the class at +mean (default 0.5).",
      },
      means: {
        type: "string",
        description: "mixture: places of any number of classes, such as -3,-1,1,3; guidance: M.",
      },
      weights: {
        type: "string",
        description: "mixture: weights of --means (default equal); guidance: w.",
      },
      dimension: {
        type: "string",
        description: "sphere (default 3), curie-weiss (default 1024), random-features (default 8).",
      },
      radius: { type: "string", description: "sphere: its radius (default 1)." },
      "mean-square": {
        type: "string",
        description: "curie-weiss: squared class mean a dimension (default 1).",
      },
      features: {
        type: "string",
        description: "random-features: how many, more than samples (default 160).",
      },
      samples: {
        type: "string",
        description:
          "random-features: training samples, beside two and four times as many (default 16).",
      },
    }),
    ...OUT_OPTION,
  },
  examples: [
    "ssb theory two-deltas",
    "ssb theory mixture --mean 1.5 --deviation 0.4 --weight 0.6",
    "ssb theory mixture --means=-3,-1,1,3 --deviation 0.2",
    "ssb theory mixture --means=-2,0,2.5 --weights 0.5,0.3,0.2 --deviation 0.1,0.2,0.3",
    "ssb theory guidance --weights 1,2 --means 4,16",
    "ssb theory random-features --dimension 20 --features 300 --samples 30",
    "ssb theory sphere --dimension 64 --radius 8 --json",
    "ssb theory curie-weiss --dimension 4096",
  ],
  run: async (args) => {
    const { title, finding, result, table, sections } = await pageOf(args);
    return {
      result,
      text: `${title}\n\n${textTable([], table)}`,
      finding,
      name: `theory-${args.model}`,
      page: async (document) => ({
        title,
        finding,
        sections: [
          ...(await sections(document)),
          { title: "Numbers", text: [], content: [numbers(title, ["quantity", "value"], table)] },
        ],
        protocol: {
          schedule: "linear, 1000 steps, 1e-4 to 0.02",
          numbers: "closed forms in double precision",
        },
      }),
    };
  },
});

type Arguments = Readonly<Record<Option, string | undefined>> & {
  readonly model: string;
};

const OPTIONS = [
  "mean",
  "deviation",
  "weight",
  "weights",
  "means",
  "dimension",
  "radius",
  "mean-square",
  "features",
  "samples",
] as const;

type Option = (typeof OPTIONS)[number];

async function pageOf(args: Arguments): Promise<TheoryPage> {
  const model = oneOf("the model", args.model, MODELS);
  const takes: Record<typeof model, readonly string[]> = {
    "two-deltas": [],
    mixture:
      args.means === undefined
        ? ["mean", "deviation", "weight"]
        : ["means", "weights", "deviation"],
    guidance: ["weights", "means", "deviation"],
    sphere: ["dimension", "radius"],
    "curie-weiss": ["dimension", "mean-square"],
    "random-features": ["dimension", "features", "samples"],
  };
  const surplus = OPTIONS.find(
    (option) => args[option] !== undefined && !takes[model].includes(option),
  );
  if (surplus === "weights" && model === "mixture")
    throw new UsageError("--weights goes with --means: one weight for each");
  if (surplus) throw new UsageError(`${model} has no option --${surplus} (ssb theory --help)`);
  const value = (option: Option) => number(`--${option}`, args[option]);
  const list = (option: Option) => decimals(`--${option}`, args[option]);
  switch (model) {
    case "two-deltas":
      return (await import("../theory/two-deltas.ts")).twoDeltas();
    case "guidance": {
      const [weights, means] = [list("weights"), list("means")];
      return (await import("../theory/guidance.ts")).guidance({
        ...(weights && { weights }),
        ...(means && { means }),
        deviation: positive("--deviation", value("deviation") ?? 1),
      });
    }
    case "mixture": {
      const means = list("means");
      if (means !== undefined) {
        const weights = list("weights") ?? means.map(() => 1);
        if (weights.length !== means.length)
          throw new UsageError(`--weights must be ${means.length}, one for each of --means`);
        const given = list("deviation") ?? [0.5];
        const deviations = given.length === 1 ? given[0]! : given;
        if (typeof deviations !== "number" && deviations.length !== means.length)
          throw new UsageError(
            `--deviation must be one, or ${means.length}, one for each of --means`,
          );
        return (await import("../theory/line-mixture.ts")).lineMixture({
          weights,
          means,
          deviations,
        });
      }
      const pair = {
        mean: value("mean") ?? 2,
        deviation: value("deviation") ?? 0.5,
        weight: value("weight") ?? 0.5,
      };
      return (await import("../theory/mixture.ts")).mixture(pair);
    }
    case "sphere": {
      const dimension = integer("--dimension", args.dimension, 1) ?? 3;
      return (await import("../theory/sphere.ts")).sphere({
        dimension,
        radius: value("radius") ?? 1,
      });
    }
    case "curie-weiss": {
      const size = integer("--dimension", args.dimension, 1) ?? 1024;
      return (await import("../theory/curie-weiss.ts")).curieWeiss({
        size,
        meanSquare: value("mean-square") ?? 1,
      });
    }
    case "random-features": {
      const count = (option: "dimension" | "features" | "samples", usual: number) =>
        integer(`--${option}`, args[option], 1) ?? usual;
      return (await import("../theory/random-features.ts")).randomFeatures({
        dimension: count("dimension", 8),
        features: count("features", 160),
        samples: count("samples", 16),
      });
    }
  }
}

function positive(option: string, value: number): number {
  if (!(value > 0)) throw new UsageError(`${option} must be positive, got ${value}`);
  return value;
}
