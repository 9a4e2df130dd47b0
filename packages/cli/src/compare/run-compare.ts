import { basename, resolve } from "node:path";
import { commandLine } from "../command-line.ts";
import { progress } from "../terminal/progress.ts";
import { writeRun } from "../write-run.ts";
import { openCellStore } from "./cell-store.ts";
import { compareCsv } from "./compare-csv.ts";
import type { CompareResult } from "./compare-result.ts";
import { compareText } from "./compare-text.ts";
import { type Comparison, describeComparison, measureComparison } from "./measure-comparison.ts";
import { describeSetting, openSetting, type Setting, type SettingRequest } from "./setting.ts";

/** What `ssb compare` was asked. */
export interface CompareRequest extends SettingRequest, Comparison {
  readonly json: boolean;
  readonly out: string | undefined;
}

/** Opens, measures or goes on measuring, prints, and writes the report. */
export async function runCompare(request: CompareRequest): Promise<void> {
  const { out, json, seed } = request;
  const directory = out ?? `runs/compare-${basename(resolve(request.network))}`;
  const bar = progress({ "loading network and data": 3, sampling: 95, "pictures and report": 2 });
  bar.phase("loading network and data");
  const setting = await openSetting(request);
  const protocol = { ...describeSetting(setting), ...describeComparison(request, setting) };
  const store = openCellStore(directory, protocol);
  process.stderr.write(`${directory} keeps what is measured: the same command goes on with it\n`);
  bar.phase("sampling");
  const measured = await measureComparison(setting, request, store, bar.at);
  const result: CompareResult = { protocol, ...measured, command: commandLine() };
  bar.phase("pictures and report");
  await write(directory, result, setting, seed);
  bar.end();
  if (json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else process.stdout.write(`${compareText(result)}\nReport: ${directory}/report.html\n`);
}

async function write(
  directory: string,
  result: CompareResult,
  setting: Setting,
  seed: number,
): Promise<void> {
  const [{ JSDOM }, { report }, { compareReport }, { startPictures }] = await Promise.all([
    import("jsdom"),
    import("../report/report.ts"),
    import("./compare-report.ts"),
    import("./start-pictures.ts"),
  ]);
  const pictures = await startPictures(setting, result.gains, seed);
  const { document } = new JSDOM("").window;
  writeRun(directory, {
    "result.json": `${JSON.stringify(result, null, 2)}\n`,
    "cells.csv": compareCsv(result),
    "report.html": report(compareReport(result, pictures, document)),
  });
}
