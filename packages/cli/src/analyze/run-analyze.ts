import { basename, resolve } from "node:path";
import { dataAnalysis, dataMoments, pick, recommendedStarts } from "@symbreak/analysis";
import { inUnits, takeSamples, type UnitsName, withUnits } from "@symbreak/core";
import { describe, type LoadOptions, loadDataset } from "@symbreak/datasets";
import { analysisFinding, STARTS_HEADER, startRows, timesTable } from "@symbreak/figures";
import { commandLine } from "../command-line.ts";
import { matrixEngine } from "../engine/matrix-engine.ts";
import { progress } from "../terminal/progress.ts";
import { textTable } from "../terminal/table.ts";

/** Images that make up the exact score of the starts; it needs no more to tell a Gaussian from the data. */
const SCORE_IMAGES = 2000;

/** What `ssb analyze` was asked. */
export interface AnalyzeRequest {
  readonly dataset: string;
  readonly options: LoadOptions;
  readonly scale: UnitsName;
  readonly json: boolean;
  readonly out: string | undefined;
}

/** Loads, analyses, prints, and writes the report. */
export async function runAnalyze({
  dataset,
  options,
  scale,
  json,
  out,
}: AnalyzeRequest): Promise<void> {
  const bar = progress({
    "loading the data": 1,
    "the covariance and its spectrum": 5,
    "where to start": 3,
  });
  bar.phase("loading the data");
  const set = withUnits(await loadDataset(dataset, options), scale);
  bar.phase("the covariance and its spectrum");
  const moments = await dataMoments(set);
  const analysis = dataAnalysis(set, moments);
  bar.phase("where to start");
  const engine = await matrixEngine();
  const some = takeSamples(set, pick(set.count, SCORE_IMAGES));
  const denoiser = engine.denoiser(inUnits(some), set.shape);
  const starts = await recommendedStarts(denoiser, some, moments, bar.at);
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
  const directory = out ?? `runs/analyze-${basename(resolve(dataset))}`;
  const [{ JSDOM }, { report }, { analyzeReport }, { writeRun }] = await Promise.all([
    import("jsdom"),
    import("@symbreak/figures"),
    import("./analyze-report.ts"),
    import("../write-run.ts"),
  ]);
  const about = { analysis, moments, starts, source: set.source ?? dataset, engine: engine.name };
  const page = report(analyzeReport(about, new JSDOM("").window.document, commandLine()));
  writeRun(directory, {
    "result.json": `${JSON.stringify(result, null, 2)}\n`,
    "report.html": page,
  });
  if (!json) process.stdout.write(`\nReport: ${directory}/report.html\n`);
}
