import { basename, join, resolve } from "node:path";
import { type CompareEffort, type CompareResult, compare } from "@symbreak/analysis";
import {
  compareCsv,
  compareFinding,
  compareProtocolLines,
  compareSections,
  report,
} from "@symbreak/figures";
import { folderStore } from "@symbreak/files";
import { commandLine } from "../command-line.ts";
import { matrixEngine } from "../engine/matrix-engine.ts";
import { progress } from "../terminal/progress.ts";
import { writeRun } from "../write-run.ts";
import { compareText } from "./compare-text.ts";
import { COMPARED, type ComparedName } from "./compared-solvers.ts";
import { openSetting, type Setting, type SettingRequest } from "./setting.ts";
import { startPictures } from "./start-pictures.ts";

/** What is compared, as the command line says it. */
export interface Comparison {
  readonly solvers: readonly ComparedName[];
  readonly steps: readonly number[];
  readonly alsoSteps: readonly number[];
  readonly samples: number;
  readonly scan: number;
  readonly trial: number;
  readonly paper: number;
  readonly full: number;
  readonly seed: number;
}

/** What `ssb compare` was asked. */
export interface CompareRequest extends SettingRequest, Comparison {
  readonly json: boolean;
  readonly out: string | undefined;
}

/** Opens, measures or goes on measuring, prints, and writes the report. */
export async function runCompare(request: CompareRequest): Promise<void> {
  const { out, json } = request;
  const directory = out ?? `runs/compare-${basename(resolve(request.network))}`;
  const bar = progress({ "loading network and data": 3, sampling: 95, "pictures and report": 2 });
  bar.phase("loading network and data");
  const setting = await openSetting(request);
  process.stderr.write(`${directory} keeps what is measured: the same command goes on with it\n`);
  bar.phase("sampling");
  const found = await compare(setting.subject, setting.set, await effortOf(request, setting), {
    store: folderStore(join(directory, "cells"), say),
    progress: ({ done, total, finding }) => {
      if (total > 0) bar.at(done / total);
      if (finding !== undefined) say(finding);
    },
  });
  const result = { ...found, command: commandLine() };
  bar.phase("pictures and report");
  await write(directory, result, setting);
  bar.end();
  if (json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else process.stdout.write(`${compareText(result)}\nReport: ${directory}/report.html\n`);
}

/** The effort of a comparison in values. */
export async function effortOf(
  request: Comparison & Pick<SettingRequest, "real">,
  { extractor, moments, unseen }: Setting,
): Promise<CompareEffort> {
  const { steps, alsoSteps, samples, scan, trial, paper, full, real, seed } = request;
  const { multiply } = await matrixEngine();
  return {
    ...{ extractor, moments, multiply, steps, alsoSteps },
    ...{ samples, scan, trial, paper, full, real, seed },
    solvers: request.solvers.map((name) => COMPARED[name]),
    heldOut: unseen,
  };
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function write(
  directory: string,
  result: CompareResult & { readonly command: string },
  setting: Setting,
): Promise<void> {
  const { JSDOM } = await import("jsdom");
  const pictures = await startPictures(setting, result);
  const { document } = new JSDOM("").window;
  const page = report({
    title: "Noise or late: where a run should start, and what that buys",
    finding: compareFinding(result),
    warnings: result.warnings,
    sections: compareSections(result, pictures, document),
    protocol: compareProtocolLines(result.protocol),
    command: result.command,
  });
  writeRun(directory, {
    "result.json": `${JSON.stringify(result, null, 2)}\n`,
    "cells.csv": compareCsv(result),
    "report.html": page,
  });
}
