// Reads one mutated file after another and says what came of each: a process, so that it can be ended.
import { mkdirSync } from "node:fs";
import { mutateBytes } from "./mutate-bytes.ts";
import { mutateText } from "./mutate-text.ts";
import { randomOf } from "./random.ts";
import { type Target, targets } from "./targets.ts";

/** What came of a case: read, refused by name, or a finding. */
export interface Outcome {
  readonly case: number;
  readonly finding?: string;
  readonly refused?: boolean;
  /** Processor time of this case, in ms: a busy machine's clock says nothing about a reader. */
  readonly milliseconds: number;
  /** The most memory that this process has held so far, in MB. */
  readonly peak: number;
}

/** Messages of V8 and Node: the reader did not look before it leapt. */
const INTERNAL =
  /Maximum call stack|Invalid (typed )?array length|Array buffer allocation|Invalid string length|out of bounds|Cannot read propert|is not (a function|iterable)|Offset is outside|ERR_/;

const [folder, name, seed] = process.argv.slice(2);
mkdirSync(folder!, { recursive: true });
const target = (await targets(folder!)).find((one) => one.name === name)!;
process.on("message", async (number: number) => {
  const { user, system } = process.cpuUsage();
  const came = await outcome(number);
  const spent = process.cpuUsage();
  const milliseconds = (spent.user + spent.system - user - system) / 1000;
  process.send!({ case: number, ...came, milliseconds, peak: peak() } satisfies Outcome);
});
process.send!({ case: -1, milliseconds: 0, peak: peak() } satisfies Outcome);

async function outcome(number: number): Promise<Pick<Outcome, "finding" | "refused">> {
  try {
    await target.read(fileOf(target, number));
  } catch (error) {
    const { name: kind, message, code } = error as NodeJS.ErrnoException;
    // An error of our own may quote one of the engine's.
    const ours = kind === "DatasetError";
    const internal = !ours && (kind === "TypeError" || INTERNAL.test(`${code} ${message}`));
    if (!internal) return { refused: true };
    const at = /^\s+at .*$/m.exec((error as Error).stack ?? "")?.[0]?.trim();
    return { finding: `${kind}: ${message.slice(0, 200)} (${at})` };
  }
  const polluted = Object.keys(Object.prototype);
  return polluted.length > 0 ? { finding: `prototypes polluted: ${polluted}` } : {};
}

/** Attacks first, then good files, then mutated ones. */
export function fileOf({ kind, attacks, seeds }: Target, number: number): Uint8Array {
  const made = [...attacks, ...seeds];
  if (number < made.length) return made[number]!;
  const random = randomOf(Number(seed) * 0x9e3779b1 + number);
  const file = made[random(made.length)]!;
  if (kind === "bytes") return mutateBytes(file, seeds[random(seeds.length)]!, random);
  return Buffer.from(mutateText(Buffer.from(file).toString(), random));
}

function peak(): number {
  return process.resourceUsage().maxRSS / 1024;
}
