import { type CompareResult, compare as compareStarts } from "@symbreak/analysis";
import {
  compareCsv,
  compareFinding,
  compareProtocolLines,
  compareSections,
} from "@symbreak/figures";
import { compareText } from "../compare/compare-text.ts";
import { startPictures } from "../compare/start-pictures.ts";
import { matrixEngine } from "../engine/matrix-engine.ts";
import { askedOf, grouped, OUT_OPTION, SUBJECT_OPTIONS, solversNamed } from "../options.ts";
import { integer, integers } from "../parse.ts";
import { directoryOf, nameOf } from "../publish.ts";
import { partsDirectory, partsOf } from "../shards/cut.ts";
import { describeSubject, openJudged, openSubject } from "../subject.ts";
import { told } from "../terminal/experiment-progress.ts";
import { UsageError } from "../usage-error.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb compare <network>` */
export const compare: Verb = defineVerb({
  args: {
    ...SUBJECT_OPTIONS,
    ...grouped("Steps", {
      solvers: {
        type: "string",
        default: "ddim:eta=1,ddim,pndm,dpm++,unipc",
        description: "The solvers, with settings after a colon (the paper's DDPM is ddim:eta=1).",
      },
      steps: {
        type: "string",
        default: "10,5,3",
        description: "Numbers of steps whose starts and grids are scanned (default 10,5,3).",
      },
      also: {
        type: "string",
        default: "8,20",
        description:
          "Further numbers of steps, from the usual and the chosen start (default 8,20).",
      },
    }),
    ...grouped("Samples", {
      samples: {
        type: "string",
        default: "1000",
        description: "Samples in each cell of the table (default 1000).",
      },
      scan: {
        type: "string",
        default: "250",
        description: "Samples at each start of the scan (default 250).",
      },
      trial: {
        type: "string",
        default: "200",
        description:
          "Samples at each start that auto tries (default 200); 0 trusts the prediction.",
      },
      paper: {
        type: "string",
        default: "0",
        description: "Samples of the paper's own columns, measured once more (default none).",
      },
      full: {
        type: "string",
        default: "100",
        description: "Samples of the whole chain (default 100); 0 for none.",
      },
      real: {
        type: "string",
        default: "10000",
        description: "Real images that distances are measured from (default 10000).",
      },
      seed: { type: "string", default: "1", description: "Seed of the samples (default 1)." },
    }),
    ...grouped("Measure", {
      extractor: {
        type: "string",
        description: "lite0, random, pca<k>, or a classifier (default the zoo's, else lite0).",
      },
    }),
    ...OUT_OPTION,
  },
  examples: [
    "ssb compare zoo:mnist",
    "ssb compare zoo:mnist --solvers ddim --steps 3 --also 5 --samples 500",
    "ssb compare runs/mnist --samples 1500 --paper 10000 --out runs/table",
  ],
  shards: "",
  run: async (args, _, cut) => {
    const numbers = {
      solvers: solversNamed(args.solvers),
      steps: stepCounts("--steps", args.steps),
      alsoSteps: stepCounts("--also", args.also),
      samples: integer("--samples", args.samples, 50),
      scan: integer("--scan", args.scan, 50),
      trial: integer("--trial", args.trial, 0),
      paper: integer("--paper", args.paper, 0),
      full: integer("--full", args.full, 0),
      real: integer("--real", args.real, 50),
      seed: integer("--seed", args.seed, 0),
    };
    const subject = await openSubject(askedOf(args));
    const { network, data, heldOut, runtime } = subject;
    const { extractor, moments } = await openJudged(subject, args.extractor);
    const { multiply } = await matrixEngine();
    const name = `compare-${nameOf(args.network)}`;
    const parts = await partsOf(cut, directoryOf(args, name));
    const { progress, end } = told("comparing", partsDirectory(cut, directoryOf(args, name)));
    const effort = { ...numbers, extractor, moments, multiply, heldOut };
    const found: CompareResult = await compareStarts(network, data, effort, {
      progress,
      ...parts,
    });
    end();
    return {
      result: { ...found, runtime },
      text: compareText(found),
      name,
      files: { "cells.csv": compareCsv(found) },
      page: async (document) => ({
        title: "Noise or late: where a run should start, and what that buys",
        finding: compareFinding(found),
        warnings: found.warnings,
        sections: compareSections(found, await startPictures(subject, moments, found), document),
        protocol: { ...compareProtocolLines(found.protocol), ...describeSubject(subject) },
      }),
    };
  },
});

function stepCounts(option: string, text: string): number[] {
  const found = integers(option, text || undefined) ?? [];
  const wrong = found.find((n) => n < 2);
  if (wrong !== undefined) throw new UsageError(`${option} must be 2 or more steps, got ${wrong}`);
  return found;
}
