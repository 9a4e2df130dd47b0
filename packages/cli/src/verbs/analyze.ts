import { dataAnalysis, dataMoments, pick, recommendedStarts } from "@symbreak/analysis";
import { inUnits, takeSamples, UNITS, withUnits } from "@symbreak/core";
import { describe, loadDataset } from "@symbreak/datasets";
import { analysisFinding, STARTS_HEADER, startRows, timesTable } from "@symbreak/figures";
import { analyzeSections } from "../analyze/analyze-sections.ts";
import { matrixEngine } from "../engine/matrix-engine.ts";
import { DATA_OPTIONS, loadOptions, OUT_OPTION, UNITS_OPTION } from "../options.ts";
import { oneOf } from "../parse.ts";
import { nameOf } from "../publish.ts";
import { progress } from "../terminal/progress.ts";
import { textTable } from "../terminal/table.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** Samples that make up the exact score of the starts; it needs no more to tell a Gaussian from the data. */
const SCORED = 2000;

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
    ...OUT_OPTION,
  },
  examples: [
    "ssb analyze mnist",
    "ssb analyze mnist --classes 1,8 --per-class 5000 --pad 32 --scale unit --json",
    "ssb analyze ./my-images --resize 32 --out runs/mine",
  ],
  run: async (args) => {
    const scale = args.scale === undefined ? undefined : oneOf("--scale", args.scale, UNITS);
    const bar = progress({
      "loading the data": 1,
      "the covariance and its spectrum": 5,
      "where to start": 3,
    });
    bar.phase("loading the data");
    const loaded = await loadDataset(args.dataset, loadOptions(args));
    const set = scale === undefined ? loaded : withUnits(loaded, scale);
    bar.phase("the covariance and its spectrum");
    const moments = await dataMoments(set);
    const analysis = dataAnalysis(set, moments);
    bar.phase("where to start");
    const engine = await matrixEngine();
    const some = takeSamples(set, pick(set.count, SCORED));
    const denoiser = engine.denoiser(inUnits(some), set.shape);
    const starts = await recommendedStarts(denoiser, some, moments, bar.at);
    bar.end();
    const { ignored, damaged, notes } = loaded;
    const { lambda, trace, deciding } = analysis.spectrum;
    const said = [
      ...notes,
      ...Object.entries(ignored).map(([kind, n]) => `ignored: ${n} × ${kind}`),
    ];
    return {
      result: {
        ...{ kind: "analyze", ...analysis, recommendedStarts: starts },
        ...{ ignored, damaged, notes, engine: engine.name },
      },
      text: [
        describe(set),
        analysis.scaleFormula,
        ...said,
        `\nΛ = ${lambda.toPrecision(10)}   Tr C = ${trace.toPrecision(6)}   modes with λ > 1: ${deciding}\n`,
        textTable(["", "OU time", "DDPM index"], timesTable(analysis)),
        "Where to start, judged by the exact score of the data:",
        textTable(STARTS_HEADER, startRows(starts), [0, 2]),
      ].join("\n"),
      finding: analysisFinding(analysis),
      name: `analyze-${nameOf(args.dataset)}`,
      page: (document) => ({
        title: `${analysis.dataset}: when the data decide`,
        finding: analysisFinding(analysis),
        sections: analyzeSections({ analysis, moments, starts }, document),
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
