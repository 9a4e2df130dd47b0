import { analyzeData, type ClassDecisions, dataMoments } from "@symbreak/analysis";
import { UNITS, withUnits } from "@symbreak/core";
import { describe, loadDataset } from "@symbreak/datasets";
import {
  analysisFinding,
  betweenFinding,
  PAIRS_HEADER,
  pairRows,
  partitionFinding,
  STARTS_HEADER,
  startRows,
  timesTable,
} from "@symbreak/figures";
import { analyzeSections } from "../analyze/analyze-sections.ts";
import { matrixEngine } from "../engine/matrix-engine.ts";
import { heldOutOf } from "../held-out.ts";
import { DATA_OPTIONS, grouped, loadOptions, OUT_OPTION, UNITS_OPTION } from "../options.ts";
import { integers, oneOf } from "../parse.ts";
import { nameOf } from "../publish.ts";
import { told } from "../terminal/experiment-progress.ts";
import { progress } from "../terminal/progress.ts";
import { textTable } from "../terminal/table.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** Pairs of classes that a terminal shows. */
const SHOWN = 10;

/** `ssb analyze <dataset>` */
export const analyze: Verb = defineVerb({
  args: {
    dataset: {
      type: "positional",
      required: true,
      description: "mnist, fashion-mnist, cifar10, or a file or folder of images or arrays.",
    },
    ...DATA_OPTIONS,
    ...UNITS_OPTION,
    ...grouped("Classes", {
      partition: {
        type: "string",
        description: "Groups of classes that count as one, such as 0,6/1,7/2: when they part.",
      },
    }),
    ...OUT_OPTION,
  },
  examples: [
    "ssb analyze mnist",
    "ssb analyze mnist --classes 1,8 --per-class 5000 --pad 32 --scale unit --json",
    "ssb analyze fashion-mnist --partition 5,7,9/0,1,2,3,4,6,8",
    "ssb analyze ./my-images --resize 32 --out runs/mine",
  ],
  run: async (args) => {
    const scale = args.scale === undefined ? undefined : oneOf("--scale", args.scale, UNITS);
    const bar = progress({ "loading the data": 1, "the covariance and its spectrum": 5 });
    bar.phase("loading the data");
    const options = loadOptions(args);
    const loaded = await loadDataset(args.dataset, options);
    const set = scale === undefined ? loaded : withUnits(loaded, scale);
    bar.phase("the covariance and its spectrum");
    const moments = await dataMoments(set);
    bar.end();
    const engine = await matrixEngine();
    const analyzing = told("analysing");
    const heldOut = set.labels && (await heldOutOf(args.dataset, options, set));
    const effort = {
      ...{ moments, heldOut, partition: partitionOf(args.partition) },
      ...{ multiply: engine.multiply, exactScore: engine.denoiser },
    };
    const analysis = await analyzeData(set, effort, analyzing);
    analyzing.end();
    const { classes, warnings } = analysis;
    const { ignored, damaged, notes } = loaded;
    const { lambda, trace, deciding } = analysis.spectrum;
    const said = [
      ...notes,
      ...Object.entries(ignored).map(([kind, n]) => `ignored: ${n} × ${kind}`),
    ];
    return {
      result: {
        ...analysis,
        ...{ ignored, damaged, notes, engine: engine.name },
      },
      text: [
        ...warnings.map((warning) => `warning: ${warning}\n`),
        describe(set),
        analysis.scaleFormula,
        ...said,
        `\nΛ = ${lambda.toPrecision(10)}   Tr C = ${trace.toPrecision(6)}   modes with λ > 1: ${deciding}\n`,
        textTable(["", "OU time", "DDPM index"], timesTable(analysis)),
        ...(classes === null ? [] : [pairsText(classes)]),
        "Where to start, judged by the exact score of the data:",
        textTable(STARTS_HEADER, startRows(analysis.recommendedStarts), [0, 2]),
      ].join("\n"),
      finding: analysisFinding(analysis),
      name: `analyze-${nameOf(args.dataset)}`,
      page: (document) => ({
        title: `${analysis.dataset}: when the data decide`,
        finding: analysisFinding(analysis),
        warnings,
        sections: analyzeSections({ analysis, moments }, document),
        protocol: {
          data: analysis.description,
          source: set.source ?? args.dataset,
          scale: analysis.scaleFormula,
          covariance: `1/n about the mean, ${analysis.spectrum.computed} eigenpairs`,
          schedule: "linear, 1000 steps, 1e-4 to 0.02; index: first with ᾱ below, 0-based",
          engine: engine.name,
        },
      }),
    };
  },
});

/** Groups of classes, "0,6/1,7"; undefined stays undefined. */
function partitionOf(text: string | undefined): number[][] | undefined {
  return text?.split("/").map((group) => integers("--partition", group)!);
}

/** The pairs of classes that part first; all of them are in the report and in the JSON. */
function pairsText(classes: ClassDecisions): string {
  const rows = pairRows(classes);
  const more = rows.length > SHOWN ? [`… and ${rows.length - SHOWN} more (--json, --out)`] : [];
  const partition = partitionFinding(classes);
  return [
    `When classes part, the first ones first. ${betweenFinding(classes)}`,
    ...(partition === null ? [] : [partition]),
    [textTable(PAIRS_HEADER, rows.slice(0, SHOWN)), ...more.map((line) => `${line}\n`)].join(""),
  ].join("\n");
}
