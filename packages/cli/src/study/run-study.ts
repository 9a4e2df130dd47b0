import { basename, join, resolve } from "node:path";
import {
  compareCsv,
  compareProtocolLines,
  GAINS_HEADER,
  gainRows,
  symmetryTable,
  timesTable,
} from "@symbreak/figures";
import { folderStore } from "@symbreak/files";
import { commandLine } from "../command-line.ts";
import { describeSetting, openSetting, type SettingRequest } from "../compare/setting.ts";
import { startPictures } from "../compare/start-pictures.ts";
import { progress } from "../terminal/progress.ts";
import { textTable } from "../terminal/table.ts";
import { writeRun } from "../write-run.ts";
import { measureStudy, STUDY_PLAN, type StudyEffort, type StudyResult } from "./measure-study.ts";
import { studyFinding } from "./study-finding.ts";

/** What `ssb study` was asked. */
export interface StudyRequest extends SettingRequest, StudyEffort {
  /** Who says in which class a clone ended. */
  readonly classifier: string;
  readonly json: boolean;
  readonly out: string | undefined;
}

/** Loads, measures everything, prints, and writes one page. */
export async function runStudy(request: StudyRequest): Promise<void> {
  const { network, classifier, json } = request;
  const directory = request.out ?? `runs/study-${basename(resolve(network))}`;
  const opening = "loading network and data";
  const bar = progress({ [opening]: 8, ...STUDY_PLAN });
  bar.phase(opening);
  const setting = await openSetting(request);
  const protocol = {
    ...describeSetting(setting),
    clones: `${request.pairs} pairs at each time, ${request.cloneSteps} steps, judged by ${classifier}`,
    "excess entropy": `of ${request.images} training images, 500 draws`,
  };
  const store = folderStore(join(directory, "cells"), (text) => process.stderr.write(`${text}\n`));
  const judge = { classifier };
  const study = await measureStudy(setting, judge, request, store, bar);
  const grids = await startPictures(setting, study.result.comparison);
  bar.end();

  const command = commandLine();
  const result = { protocol, ...study.result, command };
  const text = `${JSON.stringify(result, null, 2)}\n`;
  const [{ JSDOM }, { report }, { studyReport }] = await Promise.all([
    import("jsdom"),
    import("@symbreak/figures"),
    import("./study-report.ts"),
  ]);
  const { document } = new JSDOM("").window;
  const lines = { ...protocol, ...compareProtocolLines(study.result.comparison.protocol) };
  const page = studyReport({ study, setting, grids, protocol: lines, command }, document);
  writeRun(directory, {
    "result.json": text,
    "cells.csv": compareCsv(study.result.comparison),
    "report.html": report(page),
  });
  process.stdout.write(
    json ? text : `${studyText(study.result)}\nReport: ${directory}/report.html\n`,
  );
}

function studyText(result: StudyResult): string {
  const { analysis, symmetry, comparison } = result;
  const metric = comparison.gains[0]?.late.quality.frechet.name ?? "FD";
  const { header, rows } = symmetryTable(symmetry);
  return [
    `${analysis.description}; ${analysis.scaleFormula}\n`,
    textTable(["", "OU time", "DDPM index"], timesTable(analysis)),
    textTable(header, rows),
    `${metric}, with 95 % intervals, by the index where a run starts:\n`,
    textTable(GAINS_HEADER, gainRows(comparison), [0]),
    studyFinding(result),
    "",
  ].join("\n");
}
