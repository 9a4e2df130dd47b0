import { stripVTControlCharacters } from "node:util";
import {
  type ArgsDef,
  type CommandDef,
  defineCommand,
  type ParsedArgs,
  renderUsage,
  runCommand,
} from "citty";
import { UsageError } from "./usage-error.ts";

/** A verb: a citty command and lines that show how it is used. */
export interface Verb {
  readonly command: CommandDef<ArgsDef>;
  readonly examples: readonly string[];
}

interface Flag {
  readonly type: "boolean";
  readonly description: string;
}

const COMMON: { readonly json: Flag; readonly debug: Flag } = {
  json: {
    type: "boolean",
    description: "One JSON object on stdout; no files unless --out is given",
  },
  debug: { type: "boolean", description: "Show the stack of an error" },
};

/** Declares a verb with its own options beside the common ones. */
export function defineVerb<const Args extends ArgsDef>(verb: {
  readonly summary: string;
  readonly args: Args;
  readonly examples: readonly string[];
  /** `argv` is what was typed: of an option given twice, citty keeps the last. */
  readonly run: (args: ParsedArgs<Args & typeof COMMON>, argv: readonly string[]) => Promise<void>;
}): Verb {
  const args: Args & typeof COMMON = { ...verb.args, ...COMMON };
  const command = defineCommand({
    meta: { description: verb.summary },
    args,
    run: ({ args, rawArgs }) => verb.run(args as ParsedArgs<Args & typeof COMMON>, rawArgs),
  });
  return { command: command as unknown as CommandDef<ArgsDef>, examples: verb.examples };
}

/** Parses and runs; unknown options, missing values and surplus arguments are usage errors. */
export async function runVerb(
  name: string,
  { command }: Verb,
  argv: readonly string[],
): Promise<void> {
  const declared = command.args as ArgsDef;
  check(name, declared, argv);
  try {
    await runCommand(command, { rawArgs: [...argv] });
  } catch (error) {
    const refused = error instanceof Error && error.name === "CLIError";
    throw refused
      ? new UsageError(`${stripVTControlCharacters(error.message)} (ssb ${name} --help)`)
      : error;
  }
}

function check(name: string, declared: ArgsDef, argv: readonly string[]): void {
  const see = `(ssb ${name} --help)`;
  let surplus = -Object.values(declared).filter(({ type }) => type === "positional").length;
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    if (!word.startsWith("-")) {
      if (++surplus > 0) throw new UsageError(`${name} has no use for "${word}" ${see}`);
      continue;
    }
    const [flag = "", value] = word.replace(/^--?/, "").split(/=(.*)/s);
    const option = Object.hasOwn(declared, flag) ? declared[flag] : undefined;
    if (!option || option.type === "positional")
      throw new UsageError(`${name} has no option ${word.split("=")[0]} ${see}`);
    if (option.type === "boolean" || value !== undefined) continue;
    const next = argv[++i];
    if (next === undefined || next.startsWith("--"))
      throw new UsageError(`--${flag} needs a value ${see}`);
  }
}

/** The help page: citty's, then the examples. */
export async function verbHelp(name: string, { command, examples }: Verb): Promise<string> {
  const usage = await renderUsage(
    { ...command, meta: { ...(command.meta as object), name } },
    { meta: { name: "ssb" } },
  );
  const page = `${usage.trimEnd()}\n\nEXAMPLES\n\n${examples.map((line) => `  ${line}`).join("\n")}\n`;
  return process.stdout.isTTY ? page : stripVTControlCharacters(page);
}
