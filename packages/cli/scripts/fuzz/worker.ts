// Reads one mutated file after another and says what came of them: a process, so that it can be ended.
import { mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { fileOf } from "./file-of.ts";
import { NAMED, WrongValue } from "./target.ts";
import { targetOf } from "./targets.ts";

/** What came of some cases, those from `first` up to `end`. */
export interface Outcome {
  readonly end: number;
  /** Refused by a named error. */
  readonly refused: number;
  readonly findings: readonly { readonly case: number; readonly what: string }[];
  /** The most processor time of one of them, in ms: a busy machine's clock says nothing about a reader. */
  readonly milliseconds: number;
  /** The most memory that this process has held so far, in MB. */
  readonly peak: number;
}

/** How messages of V8 and Node begin: the reader did not look before it leapt. */
const INTERNAL =
  /^(Maximum call stack|Invalid (typed )?array length|Array buffer allocation|Invalid string length|Cannot (read|convert|destructure)|Offset is outside|ERR_)|is not (a function|iterable|a constructor|defined)$/;
const KINDS = ["TypeError", "SyntaxError", "ReferenceError", "InvalidCharacterError"];
/** More is no message to read. */
const LONGEST = 10_000;
/** Processor time that a case may take. */
const SLOW = 2000;

const [folder, name, seed] = process.argv.slice(2);
mkdirSync(folder!, { recursive: true });
const target = await targetOf(name!, folder!);
// The case at hand, for whoever has to end this process.
const at = openSync(join(folder!, "case"), "w");
process.on("message", async ({ first, end }: { first: number; end: number }) => {
  process.send!(await cases(first, end));
});
process.send!({ end: 0, refused: 0, findings: [], milliseconds: 0, peak: peak() });

async function cases(first: number, end: number): Promise<Outcome> {
  const findings: { case: number; what: string }[] = [];
  let [refused, milliseconds] = [0, 0];
  for (let number = first; number < end; number++) {
    writeSync(at, `${number}`.padStart(12), 0);
    const file = fileOf(target, number, Number(seed));
    const { user, system } = process.cpuUsage();
    const what = await outcome(file);
    const spent = process.cpuUsage();
    const took = (spent.user + spent.system - user - system) / 1000;
    milliseconds = Math.max(milliseconds, took);
    if (what === "refused") refused++;
    else if (what !== "read") findings.push({ case: number, what });
    if (took > SLOW)
      findings.push({ case: number, what: `${Math.round(took)} ms of processor time` });
  }
  return { end, refused, findings, milliseconds, peak: peak() };
}

async function outcome(file: Uint8Array): Promise<string> {
  try {
    await target.read(file);
  } catch (error) {
    return refusal(error as NodeJS.ErrnoException) ?? "refused";
  }
  const polluted = Object.keys(Object.prototype);
  return polluted.length > 0 ? `prototypes polluted: ${polluted}` : "read";
}

/** What is wrong with an error, where it is not one of ours that names reader, rule and value. */
function refusal(error: NodeJS.ErrnoException): string | undefined {
  const { name: kind, message, code, stack } = error;
  const place = /^\s+at .*$/m.exec(stack ?? "")?.[0]?.trim();
  const shown = `${kind}: ${message.slice(0, 200)} (${place})`;
  if (error instanceof WrongValue) return `read as ${message}`;
  if (KINDS.includes(kind) || INTERNAL.test(message) || `${code}`.startsWith("ERR_")) return shown;
  if (!(target.names ?? NAMED).test(message)) return `names nothing: ${shown}`;
  return message.length > LONGEST ? `${message.length} letters: ${shown}` : undefined;
}

function peak(): number {
  return process.resourceUsage().maxRSS / 1024;
}
