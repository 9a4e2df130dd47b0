import { didYouMean } from "./parse.ts";
import { UsageError } from "./usage-error.ts";
import { VERBS } from "./verbs/index.ts";

/**
 * Runs one command line (without node and script) and returns its exit code: 0 done, 1 failed, 2 called wrongly.
 *
 * Results go to stdout, progress and errors to stderr: one line an error, its stack only with `--debug`.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const [name = "--help", ...rest] = argv;
  if (name === "--help" || name === "-h" || name === "help") return print(help());
  if (name === "--version" || name === "-v") return print(`${await version()}\n`);
  try {
    const entry = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
    if (!entry)
      throw new UsageError(
        `there is no verb "${name}"; choose ${Object.keys(VERBS).join(", ")} (ssb --help)${didYouMean(name, Object.keys(VERBS))}`,
      );
    const { runVerb, verbHelp } = await import("./verb.ts");
    const verb = await entry.load();
    if (rest.includes("--help") || rest.includes("-h"))
      return print(verbHelp(name, entry.summary, verb));
    await runVerb(name, verb, rest);
    return 0;
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    process.stderr.write(`ssb: ${rest.includes("--debug") ? stack : message}\n`);
    return calledWrongly(error) ? 2 : 1;
  }
}

/** Words that mean nothing, and values that cannot be: what the packages refuse by a RangeError of ours. */
function calledWrongly(error: unknown): boolean {
  // V8 has RangeErrors of its own ("Invalid array length"); ours name the function first.
  const ours = error instanceof RangeError && /^\w+: /.test(error.message);
  return error instanceof UsageError || ours || isUnknownSet(error);
}

/** A word that is neither a data set's name nor anything on this disk; a path that is not there cannot be read instead. */
function isUnknownSet(error: unknown): boolean {
  const { name, expected, file } = error as { name?: string; expected?: string; file?: string };
  const unknown = name === "DatasetError" && expected?.startsWith("a data set's name") === true;
  return unknown && /^[\w-]+$/.test(file ?? "");
}

function help(): string {
  const verbs = Object.entries(VERBS).map(
    ([name, { summary }]) => `  ${name.padEnd(12)}${summary}`,
  );
  return `ssb finds, explains and exploits the phase transitions of diffusion models.

Usage: ssb <verb> [options]

Verbs:
${verbs.join("\n")}

Options of every verb:
  --json     Print one JSON object on stdout, for machines.
  --debug    Show the stack of an error.
  --help     Show the options and examples of a verb.

Examples:
  ssb demo
  ssb analyze mnist --classes 1,8 --per-class 5000 --pad 32
  ssb theory two-deltas --json
`;
}

async function version(): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  return JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8")).version;
}

function print(text: string): 0 {
  process.stdout.write(text);
  return 0;
}
