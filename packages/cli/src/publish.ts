import { dirname, join, parse, resolve } from "node:path";
import type { Report } from "@symbreak/figures";
import { sweepPartials, writeAtomically } from "@symbreak/files";
import { textTable } from "./terminal/table.ts";

/** What a verb found and made. */
export interface Outcome {
  /** Plain JSON: what `--json` prints, and what `result.json` holds. */
  readonly result: object;
  /** The result for people, in lines. */
  readonly text: string;
  /** What was found, in a sentence or two: the last line. */
  readonly finding?: string;
  /** What to do next, with the command for it: told to people after the last line, on stderr. */
  readonly next?: Readonly<Record<string, string>>;
  /** The folder in `runs` that it is written to where `--out` names none; without it, nothing is written then. */
  readonly name?: string;
  /**
   * The directory that it belongs to whatever is asked for, where `--out` names no other; null of a verb whose only file is
   * there already.
   */
  readonly directory?: string | null;
  /** What is not finished, and how to go on: said on stderr in the end, with exit code 1. */
  readonly unfinished?: string;
  /** What the file of the result is called. Default "result.json". */
  readonly resultFile?: string;
  /** Files beside it, by name. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Draws `report.html` in the DOM of an empty page. */
  readonly page?: (document: object) => Page | Promise<Page>;
}

/** A report, before it is known by which command it was made. */
type Page = Omit<Report, "command">;

/** How the outcome is wanted. */
export interface Wanted {
  /** One JSON object on stdout. Files are then written only where `out` says. */
  readonly json: boolean;
  readonly out: string | undefined;
  /** The words after `ssb`, for the report. */
  readonly argv: readonly string[];
}

/** Where an outcome of this name goes: `--out`, else a folder in `runs`; nowhere with `--json` alone. */
export function directoryOf(
  { json, out }: { readonly json?: boolean | undefined; readonly out?: string | undefined },
  name: string,
): string | undefined {
  return out ?? (json ? undefined : join("runs", name));
}

/** What to call a network or data in the name of a folder. */
export function nameOf(path: string): string {
  return parse(resolve(path.replace(/^zoo:/, ""))).base.replace(/\.(onnx|np[yz]|parquet)$/, "");
}

/** Prints an outcome and writes its files: the only place that knows of either. */
export async function publish(outcome: Outcome, wanted: Wanted): Promise<void> {
  // Whoever read our output may be gone: what was found is written before that ends this process (bin.ts).
  const wait = () => undefined;
  process.on("SIGHUP", wait);
  try {
    await published(outcome, wanted);
    if (outcome.next && !wanted.json) process.stderr.write(`\n${nextText(outcome.next)}\n`);
  } finally {
    process.off("SIGHUP", wait);
  }
}

async function published(outcome: Outcome, { json, out, argv }: Wanted): Promise<void> {
  const { result, text, name, page, resultFile = "result.json" } = outcome;
  const object = `${JSON.stringify(result, null, 2)}\n`;
  const last = outcome.finding === undefined ? "" : `\n${outcome.finding}\n`;
  print(json ? object : text);
  const usual = name === undefined ? undefined : directoryOf({ json, out }, name);
  const directory = outcome.directory === null ? undefined : (out ?? outcome.directory ?? usual);
  if (directory === undefined) {
    if (!json) print(last);
    return;
  }
  const files: Record<string, string | Uint8Array> = { ...outcome.files, [resultFile]: object };
  if (page !== undefined) files["report.html"] = await drawn(page, argv);
  await writeFiles(directory, files);
  if (json) return;
  const [first, ...others] = Object.keys(outcome.files ?? {});
  const made =
    first === undefined ? "" : `Files: ${[join(directory, first), ...others].join(", ")}\n`;
  const shown =
    page === undefined ? `Result: ${directory}/${resultFile}` : `Report: ${directory}/report.html`;
  print(`\n${made}${shown}\n${last}`);
}

function nextText(next: NonNullable<Outcome["next"]>): string {
  // In a clone of the repository it was pnpm that started us.
  const before = process.env.npm_lifecycle_event === "ssb" ? "pnpm " : "";
  const rows = Object.entries(next).map(([what, command]) => [`  ${what}`, before + command]);
  return `Next:\n${textTable([], rows, [0, 1]).trimEnd()}`;
}

/** Nothing is written where nothing is said: whoever read our output may be gone. */
function print(text: string): void {
  if (text !== "") process.stdout.write(text);
}

/** Each file whole or not at all. An interrupt waits until the file at hand is in place. */
async function writeFiles(
  directory: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  let interrupted = false;
  const stop = () => {
    interrupted = true;
  };
  process.once("SIGINT", stop);
  try {
    for (const folder of new Set(Object.keys(files).map((name) => dirname(join(directory, name)))))
      await sweepPartials(folder, undefined, false);
    for (const [name, content] of Object.entries(files)) {
      await writeAtomically(join(directory, name), content);
      if (interrupted) process.exit(130);
    }
  } finally {
    process.off("SIGINT", stop);
  }
}

async function drawn(page: NonNullable<Outcome["page"]>, argv: readonly string[]): Promise<string> {
  const [{ JSDOM }, { report }] = await Promise.all([import("jsdom"), import("@symbreak/figures")]);
  const document = new JSDOM("").window.document;
  return report({ ...(await page(document)), command: commandLine(argv) });
}

/** A command line as a user would type it again. */
export function commandLine(argv: readonly string[]): string {
  return ["ssb", ...argv]
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(" ");
}
