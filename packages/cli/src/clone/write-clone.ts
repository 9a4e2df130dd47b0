import type { CloningCurve } from "@symbreak/analysis";
import { cloneTable, report, type Section } from "@symbreak/figures";
import { commandLine } from "../command-line.ts";
import { textTable } from "../terminal/table.ts";
import { writeRun } from "../write-run.ts";

/** A finished experiment, for a terminal, a machine and a page. */
export interface FinishedClones {
  readonly title: string;
  readonly finding: string;
  readonly result: CloningCurve;
  readonly sections: (document: unknown) => readonly Section[];
  readonly protocol: Readonly<Record<string, string>>;
  /** Beside the report, such as pictures. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
}

/** Where it goes. */
export interface CloneOutput {
  readonly json: boolean;
  readonly out: string | undefined;
  /** Without `out`. */
  readonly directory: string;
}

/** Prints what was found and writes result.json and report.html. */
export async function writeClone(
  { title, finding, result, sections, protocol, files = {} }: FinishedClones,
  { json, out, directory: usual }: CloneOutput,
): Promise<void> {
  const text = `${JSON.stringify(result, null, 2)}\n`;
  const { header, rows } = cloneTable(result);
  if (json) process.stdout.write(text);
  else process.stdout.write(`${title}\n\n${textTable(header, rows, [])}\n${finding}\n`);
  if (json && out === undefined) return;
  const directory = out ?? usual;
  const { JSDOM } = await import("jsdom");
  const page = { sections: sections(new JSDOM("").window.document), command: commandLine() };
  writeRun(directory, {
    "result.json": text,
    "report.html": report({ title, finding, protocol, ...page }),
    ...files,
  });
  if (!json) process.stdout.write(`\nReport: ${directory}/report.html\n`);
}
