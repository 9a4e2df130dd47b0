import { study as studyNetwork } from "@symbreak/analysis";
import { compareCsv, compareProtocolLines, studyFinding, studySections } from "@symbreak/figures";
import { openJudge } from "../clone/judge.ts";
import { startPictures } from "../compare/start-pictures.ts";
import { matrixEngine } from "../engine/matrix-engine.ts";
import { askedOf, grouped, OUT_OPTION, SUBJECT_OPTIONS, solversNamed } from "../options.ts";
import { integer, integers } from "../parse.ts";
import { directoryOf, nameOf } from "../publish.ts";
import { partsDirectory, partsOf } from "../shards/cut.ts";
import { studyText } from "../study/study-text.ts";
import { defaultClassifier, openJudged, openSubject } from "../subject.ts";
import { networkJacobian } from "../symmetry/network-jacobian.ts";
import { told } from "../terminal/experiment-progress.ts";
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
/** Samples of the whole chain that are held against the training data, at most. */
const COPIES = 1000;

/** `ssb study <network>` */
export const study: Verb = defineVerb({
  args: {
    ...SUBJECT_OPTIONS,
    ...grouped("Measure", {
      extractor: {
        type: "string",
        description: "lite0, random, pca<k>, or a classifier (default the zoo's, else lite0).",
      },
      classifier: {
        type: "string",
        description: "Says where clones end: a classifier, or nearest (default the zoo's).",
      },
    }),
    ...grouped("Steps", {
      solvers: {
        type: "string",
        default: "ddim:eta=1,ddim",
        description: "The solvers of the table, as for ssb compare (default ddim:eta=1,ddim).",
      },
      steps: {
        type: "string",
        default: "10,5,3",
        description: "Numbers of steps of the table (default 10,5,3).",
      },
    }),
    ...grouped("Samples", {
      quick: { type: "boolean", description: "A first look: about a fifth of everything." },
      samples: {
        type: "string",
        description: "Samples in each cell of the table (default 500, quick 100).",
      },
      scan: {
        type: "string",
        description: "Samples at each start of the scan (default 100, quick 50).",
      },
      full: {
        type: "string",
        default: "0",
        description: "Samples of the whole chain (default none).",
      },
      images: {
        type: "string",
        description: "Images of the excess entropy (default 4000, quick 1000).",
      },
      pairs: {
        type: "string",
        description: "Pairs of clones at each time (default 200, quick 50).",
      },
      "clone-steps": {
        type: "string",
        description: "Steps of cloned trajectories (default 50, quick 25).",
      },
      seed: { type: "string", default: "1", description: "Seed of all numbers (default 1)." },
    }),
    ...OUT_OPTION,
  },
  examples: [
    "ssb study zoo:mnist",
    "ssb study runs/mine --quick",
    "ssb study runs/mine --data ./images --scale symmetric --out runs/study",
    "ssb study model.onnx --data mnist --extractor pca64 --samples 1000",
  ],
  shards: "",
  run: async (args, _, cut) => {
    const quick = args.quick === true;
    const count = (option: keyof typeof SIZES, least: number) => {
      const [usual, few] = SIZES[option];
      return integer(`--${option}`, args[option], least) ?? (quick ? few : usual);
    };
    const samples = count("samples", 50);
    const table = {
      solvers: solversNamed(args.solvers),
      steps: integers("--steps", args.steps)!,
      ...{ samples, scan: count("scan", 50) },
      full: integer("--full", args.full, 0),
    };
    const numbers = {
      pairs: count("pairs", 10),
      cloneSteps: count("clone-steps", 2),
      exact: count("images", 100),
      copies: Math.min(samples, COPIES),
      symmetry: quick ? QUICK_SYMMETRY : {},
      seed: integer("--seed", args.seed, 0),
    };
    const subject = await openSubject(askedOf(args));
    const { network, data, heldOut, runtime, dataset } = subject;
    const { extractor, moments } = await openJudged(subject, args.extractor);
    const classifier = args.classifier ?? defaultClassifier(dataset);
    const unlabelled = data.labels === undefined && classifier === "nearest";
    const judge = unlabelled ? undefined : await openJudge(classifier, data, heldOut);
    const engine = await matrixEngine();
    const name = `study-${nameOf(args.network)}`;
    const parts = await partsOf(cut, directoryOf(args, name));
    const { progress, end } = told("studying", partsDirectory(cut, directoryOf(args, name)));
    const found = await studyNetwork(
      network,
      data,
      {
        ...{ ...numbers, compare: table, extractor, moments, judge, heldOut },
        ...{ multiply: engine.multiply, exactScore: engine.denoiser },
        jacobian: await networkJacobian(args.network),
      },
      { progress, ...parts },
    );
    end();
    const { comparison, warnings } = found.result;
    return {
      result: { ...found.result, runtime },
      text: studyText(found),
      finding: studyFinding(found),
      name,
      files: { "cells.csv": compareCsv(comparison) },
      page: async (document) => ({
        title: `${args.network}: decisions, memories and the start`,
        finding: studyFinding(found),
        warnings,
        sections: studySections(
          found,
          data,
          await startPictures(subject, moments, comparison),
          document,
        ),
        protocol: {
          ...compareProtocolLines(comparison.protocol),
          runtime: `${runtime}; ${engine.name}`,
        },
      }),
    };
  },
});
