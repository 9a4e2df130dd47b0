// kill −9 at random moments of a command that goes on when it is given again.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

/** A command that is killed. */
export interface Killed {
  /** Words after `node`; the command runs in a directory of its own, and writes there. */
  readonly words: readonly string[];
  /** What is in that directory when it is first run: a copy of this one. */
  readonly before?: string | undefined;
  /** A moment is a part of the time from here to the end: when the process begins, or when it first says something. */
  readonly from: "birth" | "first word";
  /** Of a file's content, what must be the same each time; null of what may differ. Default all of it. */
  readonly essence?: (name: string, bytes: Buffer) => string | Buffer | null;
}

/** What killing came to. */
export interface Kills {
  /** Processes that were killed while they ran. */
  readonly killed: number;
  /** Runs that were killed, went on and came to their end. */
  readonly runs: number;
  /** What the processes wrote on stdout and stderr. */
  readonly lines: readonly string[];
  /** Files that ended otherwise than those of a run that nobody killed. There should be none. */
  readonly differing: readonly string[];
}

/** A run that begins anew each time would be killed at its end alone: so many kills of one at most. */
const KILLS_OF_ONE = 4;

/**
 * Runs the command once in peace. Then, run after run, kills it at a random moment and gives it again until so many kills have
 * been; the last of each run ends in peace, and its files are compared with those of the first, byte by byte.
 *
 * @param random numbers in [0, 1)
 */
export async function killAtRandom(
  command: Killed,
  moments: number,
  random: () => number,
): Promise<Kills> {
  const root = await mkdtemp(join(tmpdir(), "kills-"));
  const lines: string[] = [];
  const differing: string[] = [];
  let [killed, runs] = [0, 0];
  try {
    const { lasted } = await sitting(command, await begun(root, "peace", command));
    const wanted = await contents(join(root, "peace"), command);
    for (; killed < moments; runs++) {
      const directory = await begun(root, `${runs}`, command);
      const before = killed;
      for (let more = true; more; ) {
        const kill = killed - before < KILLS_OF_ONE && killed < moments;
        const ended = await sitting(command, directory, kill ? lasted * random() : undefined);
        more = ended.killed;
        if (more) killed++;
        lines.push(...ended.lines);
      }
      const found = await contents(directory, command);
      for (const name of new Set([...Object.keys(wanted), ...Object.keys(found)]))
        if (wanted[name] !== found[name]) differing.push(`run ${runs}: ${name}`);
      await rm(directory, { recursive: true });
    }
    return { killed, runs, lines, differing };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function begun(root: string, name: string, { before }: Killed): Promise<string> {
  const directory = join(root, name);
  if (before === undefined) await mkdir(directory);
  else await cp(before, directory, { recursive: true });
  return directory;
}

/** A process that runs until its end or until it is killed, so many ms after the moment that times count from. */
async function sitting(
  { words, from }: Killed,
  cwd: string,
  killAfter?: number,
): Promise<{ killed: boolean; lines: string[]; lasted: number }> {
  const child = spawn(process.execPath, words, { cwd });
  let text = "";
  let began = 0;
  const begin = (): void => {
    if (began > 0) return;
    began = performance.now();
    if (killAfter !== undefined) setTimeout(() => child.kill("SIGKILL"), killAfter);
  };
  if (from === "birth") begin();
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (data) => {
      text += data;
      begin();
    });
  const [code, signal] = await once(child, "close");
  if (signal !== "SIGKILL" && code !== 0) throw new Error(`${words.join(" ")}: ${code}: ${text}`);
  const lines = text.split("\n").filter((line) => line !== "");
  return { killed: signal === "SIGKILL", lines, lasted: performance.now() - began };
}

/** Digests of what must be the same in the files of a directory, by name. */
async function contents(
  directory: string,
  { essence = (_, bytes) => bytes }: Killed,
): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((e) => join(e.parentPath, e.name));
  const digests: Record<string, string> = {};
  for (const file of files) {
    const name = relative(directory, file);
    const same = essence(name, await readFile(file));
    if (same !== null) digests[name] = createHash("sha256").update(same).digest("hex");
  }
  return digests;
}
