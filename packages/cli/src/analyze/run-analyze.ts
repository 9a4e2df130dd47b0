import { basename } from "node:path";
import {
  applyScale,
  describe,
  type LoadOptions,
  loadDataset,
  type ScaleName,
  scaleOf,
} from "@symbreak/datasets";
import { commandLine } from "../command-line.ts";
import { matrixEngine } from "../engine/matrix-engine.ts";
import { pick, rows } from "../pick.ts";
import { progress } from "../terminal/progress.ts";
import { textTable } from "../terminal/table.ts";
import { analysisFinding, timesTable } from "./analysis-table.ts";
import { analyzeSet } from "./analyze-set.ts";
import { type RecommendedStart, recommendedStarts, SCORE_IMAGES } from "./recommended-start.ts";

/** What `ssb analyze` was asked. */
export interface AnalyzeRequest {
  readonly dataset: string;
  readonly options: LoadOptions;
  readonly scale: ScaleName;
  readonly json: boolean;
  readonly out: string | undefined;
}

/** Loads, analyses, prints, and writes the report. */
export async function runAnalyze({
  dataset,
  options,
  scale: scaleName,
  json,
  out,
}: AnalyzeRequest): Promise<void> {
  const bar = progress({
    "loading the data": 1,
    "the covariance and its spectrum": 5,
    "where to start": 3,
  });
  bar.phase("loading the data");
  const set = await loadDataset(dataset, options);
  const scale = scaleOf(set, scaleName);
  bar.phase("the covariance and its spectrum");
  const analyzed = await analyzeSet(set, scale);
  const { analysis, moments } = analyzed;
  bar.phase("where to start");
  const engine = await matrixEngine();
  const some = rows(set.images, analysis.d, pick(set.count, SCORE_IMAGES));
  const data = applyScale(some, set.shape, scale);
  const denoiser = engine.denoiser(data, set.shape);
  const starts = await recommendedStarts(denoiser, data, moments, (fraction) => bar.at(fraction));
  bar.end();
  const result = { ...analysis, recommendedStarts: starts, engine: engine.name };
  if (json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else {
    const { lambda, trace, deciding } = analysis.spectrum;
    process.stdout.write(
      `${describe(set)}\n${analysis.scaleFormula}\n\n` +
        `Λ = ${lambda.toPrecision(10)}   Tr C = ${trace.toPrecision(6)}   modes with λ > 1: ${deciding}\n\n` +
        `${textTable(["", "OU time", "DDPM index"], timesTable(analysis))}\n` +
        `Where to start, judged by the exact score of the data:\n` +
        `${textTable(STARTS_HEADER, startRows(starts), [0, 2])}\n` +
        `${analysisFinding(analysis)}\n`,
    );
  }
  if (json && out === undefined) return;
  const directory = out ?? `runs/analyze-${basename(dataset)}`;
  const [{ JSDOM }, { numbers, report }, { spectrumSection }, { writeRun }] = await Promise.all([
    import("jsdom"),
    import("../report/report.ts"),
    import("./spectrum-section.ts"),
    import("../write-run.ts"),
  ]);
  const page = report({
    title: `${analysis.dataset}: when the data decide`,
    finding: analysisFinding(analysis),
    sections: [
      spectrumSection(analyzed, new JSDOM("").window.document),
      {
        title: "Where to start sampling",
        text: [
          "Starting late from a Gaussian saves steps for what matters, until the Gaussian misses what the data are. The choice balances the discretisation error, from the spectrum, against the non-Gaussianity seen by the exact score of the data; a trained network may differ.",
          ...starts.map(({ sampler, steps, reason }) => `${sampler}, ${steps} steps: ${reason}`),
        ],
        content: [numbers("Recommended starts", STARTS_HEADER, startRows(starts))],
      },
    ],
    protocol: {
      data: analysis.description,
      source: set.source,
      scale: analysis.scaleFormula,
      covariance: `1/n, ${analysis.spectrum.computed === analysis.d ? "all" : analysis.spectrum.computed} eigenpairs${analysis.spectrum.computed < analysis.d && moments.covariance.residual > 0 ? ", the rest of the trace spread evenly" : ""}`,
      schedule: "linear, 1000 steps, 1e-4 to 0.02; index: first with ᾱ below, 0-based",
      engine: engine.name,
    },
    command: commandLine(),
  });
  writeRun(directory, {
    "result.json": `${JSON.stringify(result, null, 2)}\n`,
    "report.html": page,
  });
  if (!json) process.stdout.write(`\nReport: ${directory}/report.html\n`);
}

const STARTS_HEADER = ["sampler", "steps", "start", "DDPM index"];

function startRows(starts: readonly RecommendedStart[]): string[][] {
  return starts.map(({ sampler, steps, start, ddpmIndex }) => [
    sampler,
    String(steps),
    start,
    String(ddpmIndex),
  ]);
}
