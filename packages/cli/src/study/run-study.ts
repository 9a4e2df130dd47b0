import { basename, join, resolve } from "node:path";
import { type MeasuredStudy, type StudyEffort, study } from "@symbreak/analysis";
import {
  compareCsv,
  compareProtocolLines,
  GAINS_HEADER,
  gainRows,
  report,
  studyDetails,
  studyFinding,
  studySections,
  symmetryTable,
  timesTable,
} from "@symbreak/figures";
import { folderStore } from "@symbreak/files";
import { openJudge } from "../clone/judge.ts";
import { commandLine } from "../command-line.ts";
import { type Comparison, effortOf } from "../compare/run-compare.ts";
import { openSetting, type Setting, type SettingRequest } from "../compare/setting.ts";
import { startPictures } from "../compare/start-pictures.ts";
import { matrixEngine } from "../engine/matrix-engine.ts";
import { networkJacobian } from "../symmetry/network-jacobian.ts";
import { textTable } from "../terminal/table.ts";
import { writeRun } from "../write-run.ts";

/** What `ssb study` was asked. */
export interface StudyRequest extends SettingRequest, Comparison {
  /** Who says in which class a clone ended. */
  readonly classifier: string;
  /** Images of the excess entropy: the exact score that would memorise. */
  readonly images: number;
  /** Pairs of clones at each time, and the steps of their runs. */
  readonly pairs: number;
  readonly cloneSteps: number;
  /** Less than usual, or more, of the symmetry breaking. */
  readonly symmetry: StudyEffort["symmetry"];
  readonly json: boolean;
  readonly out: string | undefined;
}

/** Loads, measures everything, prints, and writes one page. */
export async function runStudy(request: StudyRequest): Promise<void> {
  const { network, json } = request;
  const directory = request.out ?? `runs/study-${basename(resolve(network))}`;
  const setting = await openSetting(request);
  const { subject, set } = setting;
  const engine = await matrixEngine();
  let part = "";
  const found = await study(subject, set, await studyEffort(request, setting), {
    store: folderStore(join(directory, "cells"), say),
    progress: (at) => {
      if (at.part !== part) say(`${at.part} …`);
      part = at.part;
      if (at.finding !== undefined) say(`  ${at.finding}`);
    },
  });
  const command = commandLine();
  const result = { ...found.result, command };
  const text = `${JSON.stringify(result, null, 2)}\n`;
  const grids = await startPictures(setting, found.result.comparison);
  const { JSDOM } = await import("jsdom");
  const page = report({
    title: `${network}: decisions, memories and the start`,
    finding: studyFinding(found),
    warnings: found.result.warnings,
    sections: studySections(found, set, grids, new JSDOM("").window.document),
    protocol: {
      ...compareProtocolLines(found.result.comparison.protocol),
      runtime: `${setting.runtime}; ${engine.name}`,
    },
    command,
  });
  writeRun(directory, {
    "result.json": text,
    "cells.csv": compareCsv(found.result.comparison),
    "report.html": page,
  });
  process.stdout.write(json ? text : `${studyText(found)}\nReport: ${directory}/report.html\n`);
}

async function studyEffort(request: StudyRequest, setting: Setting): Promise<StudyEffort> {
  const { seed, pairs, cloneSteps, images, symmetry, samples, classifier, network } = request;
  const { set, unseen, moments } = setting;
  const { multiply, denoiser } = await matrixEngine();
  const { extractor, solvers, steps, scan, full, real } = await effortOf(request, setting);
  const unlabelled = set.labels === undefined && classifier === "nearest";
  return {
    ...{ extractor, moments, multiply, heldOut: unseen, seed, pairs, cloneSteps, symmetry },
    compare: { solvers, steps, samples, scan, full, real },
    judge: unlabelled ? undefined : await openJudge(classifier, set, unseen),
    ...{ copies: Math.min(samples, 1000), exact: images, exactScore: denoiser },
    jacobian: await networkJacobian(network),
  };
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

function studyText(found: MeasuredStudy): string {
  const { analysis, symmetry, comparison, warnings } = found.result;
  const metric = comparison.gains[0]?.late.quality.frechet.name ?? "FD";
  const table = symmetry === null ? undefined : symmetryTable(symmetry);
  return [
    ...warnings.map((warning) => `warning: ${warning}\n`),
    `${analysis.description}; ${analysis.scaleFormula}\n`,
    textTable(["", "OU time", "DDPM index"], timesTable(analysis)),
    ...(table === undefined ? [] : [textTable(table.header, table.rows)]),
    `${metric}, with 95 % intervals, by the index where a run starts:\n`,
    textTable(GAINS_HEADER, gainRows(comparison), [0]),
    studyDetails(found).join(" "),
    studyFinding(found),
    "",
  ].join("\n");
}
