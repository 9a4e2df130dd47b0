import { dirname } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { checkWritable } from "@symbreak/files";
import { type ArgDef, type ArgsDef, defineCommand, type ParsedArgs, runCommand } from "citty";
import { grouped, headingOf, helpOf } from "./options.ts";
import { didYouMean } from "./parse.ts";
import { type Outcome, publish } from "./publish.ts";
import { type Cut, cutOf, SHARD_OPTION, shardAsked } from "./shards/cut.ts";
import { jobWords, withoutShard } from "./shards/job.ts";
import { runCut } from "./shards/run-cut.ts";
import { UsageError } from "./usage-error.ts";

/** A verb: its options, lines that show how it is used, and what it does. */
export interface Verb {
  readonly args: ArgsDef;
  readonly examples: readonly string[];
  /** Of a verb whose `--out` is one file, not a directory. */
  readonly outIsFile?: true;
  /** Of a verb whose work can be cut: what the directory that its shards share has in its name behind `--out`. */
  readonly shards?: string;
  /** Whether more arguments may follow the last one. */
  readonly more?: boolean;
  /** Undefined where nothing is to be published: a verb that runs for as long as it is wanted, or prints a schema. */
  readonly run: (
    args: never,
    argv: readonly string[],
    cut: Cut | undefined,
  ) => Promise<Outcome | undefined>;
}

const COMMON = {
  json: {
    type: "boolean",
    description: "Print one JSON object; write no files unless --out is given.",
  },
  debug: { type: "boolean", description: "Show the stack of an error." },
} as const;
grouped("Result", COMMON);
grouped("Shards", SHARD_OPTION);

/** Declares a verb with its own options beside the common ones. */
export function defineVerb<const Args extends ArgsDef>(verb: {
  readonly args: Args;
  readonly examples: readonly string[];
  readonly outIsFile?: true;
  readonly shards?: string;
  readonly more?: boolean;
  /**
   * `argv` is what was typed after the verb: of an option given twice, `args` has the last. `cut` is how a verb with `shards` is cut;
   * undefined where all of it is made here.
   */
  readonly run: (
    args: ParsedArgs<Args & typeof COMMON>,
    argv: readonly string[],
    cut: Cut | undefined,
  ) => Promise<Outcome | undefined>;
}): Verb {
  const cuttable = verb.shards === undefined ? {} : SHARD_OPTION;
  return { ...verb, args: { ...verb.args, ...cuttable, ...COMMON } };
}

/**
 * Parses, runs and publishes; unknown options, missing values and surplus arguments are usage errors.
 *
 * @param gathering what a merge of shards gathers
 */
export async function runVerb(
  name: string,
  verb: Verb,
  argv: readonly string[],
  gathering?: Cut,
): Promise<void> {
  // What stands behind "--" is another command's, such as that of ssb submit.
  const own = argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
  checkWords(name, verb, own);
  const command = defineCommand({
    args: verb.args,
    async run({ args }) {
      const { json, out, shard } = args as { json?: boolean; out?: string; shard?: string };
      // Not after hours of work.
      if (out !== undefined) await checkWritable(verb.outIsFile ? dirname(out) : out);
      const cut = gathering ?? askedCut(verb, shard, out);
      const run = () => verb.run(args as never, argv, cut);
      const job = { verb: name, argv: jobWords(argv), of: cut?.team.shards.length ?? 1 };
      const outcome = await (cut ? runCut(job, cut, run) : run());
      const wanted = { json: json === true, out, argv: [name, ...withoutShard(argv)] };
      if (outcome) await publish(outcome, wanted);
      if (outcome?.unfinished !== undefined) throw new Error(outcome.unfinished);
    },
  });
  try {
    await runCommand(command, { rawArgs: [...own] });
  } catch (error) {
    const refused = error instanceof Error && error.name === "CLIError";
    throw refused
      ? new UsageError(`${stripVTControlCharacters(error.message)} (ssb ${name} --help)`)
      : error;
  }
}

/** The cut that was asked for, if any. */
function askedCut(
  { shards }: Verb,
  shard: string | undefined,
  out: string | undefined,
): Cut | undefined {
  const asked = shards === undefined ? undefined : shardAsked(shard, process.env);
  return asked && cutOf(asked, out === undefined ? undefined : out + shards);
}

/** Refuses words that a verb does not have, by name. */
export function checkWords(
  name: string,
  { args: declared, more }: Pick<Verb, "args" | "more">,
  argv: readonly string[],
): void {
  const see = `(ssb ${name} --help)`;
  const known = new Map(
    Object.entries(declared)
      .filter(([, { type }]) => type !== "positional")
      .flatMap(([option, def]) => namesOf(option, def).map((word) => [word, def] as const)),
  );
  let surplus = -positionals(declared).length;
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    if (!word.startsWith("-")) {
      if (++surplus > 0 && !more)
        throw new UsageError(`unexpected argument "${word}" of ${name} ${see}`);
      continue;
    }
    const [flag = "", value] = word.replace(/^--?/, "").split(/=(.*)/s);
    const option = known.get(flag);
    if (!option) {
      const hint = didYouMean(
        `--${flag}`,
        [...known.keys()].map((known) => `--${known}`),
      );
      throw new UsageError(`${name} has no option ${word.split("=")[0]} ${see}${hint}`);
    }
    if (option.type === "boolean" || value !== undefined) continue;
    const next = argv[++i];
    if (next === undefined || next.startsWith("--"))
      throw new UsageError(`--${flag} needs a value ${see}`);
  }
}

/** The help page of a verb: what it does, its options under their headings, examples. */
export function verbHelp(name: string, summary: string, { args, examples, more }: Verb): string {
  const words = positionals(args).map(([word, { required }]) =>
    required === false ? `[${word}]` : `<${word}>${more ? "…" : ""}`,
  );
  const groups = new Map<string, (readonly [string, string])[]>();
  for (const [option, def] of Object.entries(args)) {
    const heading = def.type === "positional" ? "Arguments" : headingOf(def);
    const value = def.type === "string" ? " <value>" : "";
    const names = namesOf(option, def).map((word) => `--${word}`);
    const shown = def.type === "positional" ? `<${option}>` : `${names.join(", ")}${value}`;
    groups.set(heading, [...(groups.get(heading) ?? []), [shown, helpOf(def)]]);
  }
  const width = Math.max(...[...groups.values()].flat().map(([shown]) => shown.length)) + 2;
  const sections = [...groups].map(
    ([heading, lines]) =>
      `${heading}:\n${lines.map(([shown, said]) => `  ${shown.padEnd(width)}${said}`).join("\n")}`,
  );
  return [
    /[.?]$/.test(summary) ? summary : `${summary}.`,
    `Usage: ${["ssb", name, ...words, "[options]"].join(" ")}`,
    ...sections,
    `Examples:\n${examples.map((line) => `  ${line}`).join("\n")}`,
  ]
    .join("\n\n")
    .concat("\n");
}

function positionals(args: ArgsDef): [string, ArgDef][] {
  return Object.entries(args).filter(([, { type }]) => type === "positional");
}

function namesOf(option: string, def: ArgDef): string[] {
  const { alias = [] } = def as { alias?: string | string[] };
  return [option, ...[alias].flat()];
}
