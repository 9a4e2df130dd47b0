// kill −9 at random moments of training runs: node --conditions=source kill-train.ts [moments, default 100]
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** What killing came to. */
export interface Kills {
  /** Runs that were killed while they ran. */
  readonly killed: number;
  /** The step that each was at when it went on, in order; 0 where nothing had been saved. */
  readonly resumedAt: readonly number[];
  /** Whatever was said of damage. There should be nothing. */
  readonly said: readonly string[];
  /** Files that ended otherwise than those of a run that nobody killed. There should be none. */
  readonly differing: readonly string[];
}

/**
 * Runs once in peace. Then, run after run, kills at a random moment and starts anew until so many kills have been; the last of each run
 * ends in peace, and its files are compared with those of the first, byte by byte (the log, which has times, by its steps).
 */
export async function killTraining(moments: number, random: () => number): Promise<Kills> {
  const root = await mkdtemp(join(tmpdir(), "kills-"));
  try {
    const { lasted } = await sitting(join(root, "peace"));
    const wanted = await contents(join(root, "peace"));
    const kills = { killed: 0, resumedAt: [] as number[], said: [] as string[] };
    const differing: string[] = [];
    for (let run = 0; kills.killed < moments; run++) {
      const directory = join(root, `${run}`);
      const before = kills.killed;
      for (let killed = true; killed; ) {
        // Four kills a run at most: a run that begins anew from its last step each time would be killed at its end alone.
        const kill = kills.killed - before < 4 && kills.killed < moments;
        const { lines, ...ended } = await sitting(directory, kill ? lasted * random() : undefined);
        killed = ended.killed;
        if (killed) kills.killed++;
        note(kills, lines);
      }
      const found = await contents(directory);
      for (const name of new Set([...Object.keys(wanted), ...Object.keys(found)]))
        if (wanted[name] !== found[name]) differing.push(`run ${run}: ${name}`);
      await rm(directory, { recursive: true });
    }
    return { ...kills, differing };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

function note(kills: { resumedAt: number[]; said: string[] }, lines: readonly string[]): void {
  for (const line of lines) {
    const [, step] = /^from (\d+)$/.exec(line) ?? [];
    if (step !== undefined) kills.resumedAt.push(Number(step));
    else if (!line.startsWith("done ")) kills.said.push(line);
  }
}

/** A process that trains, until its end or until it is killed, so many ms after it said where it begins. */
async function sitting(
  directory: string,
  killAfter?: number,
): Promise<{ killed: boolean; lines: string[]; lasted: number }> {
  const script = fileURLToPath(new URL("tiny-run.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=source", script, directory]);
  let [out, errors] = ["", ""];
  let began = 0;
  child.stdout.on("data", (data) => {
    out += data;
    if (began > 0) return;
    began = performance.now();
    if (killAfter !== undefined) setTimeout(() => child.kill("SIGKILL"), killAfter);
  });
  child.stderr.on("data", (data) => {
    errors += data;
  });
  const [code, signal] = await once(child, "close");
  if (signal !== "SIGKILL" && code !== 0) throw new Error(`training ended with ${code}: ${errors}`);
  const lines = out.split("\n").filter((line) => line !== "");
  return { killed: signal === "SIGKILL", lines, lasted: performance.now() - began };
}

/** Digests of a run's files by name, of the log the steps alone, and not TensorBoard's, whose names are times. */
async function contents(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((e) => join(e.parentPath, e.name));
  const named = files.map(async (file): Promise<[string, string]> => {
    const name = relative(directory, file);
    const bytes = await readFile(file);
    if (name !== "log.jsonl") return [name, createHash("sha256").update(bytes).digest("hex")];
    const lines = bytes.toString().trim().split("\n");
    return [name, lines.map((line) => JSON.parse(line).step).join()];
  });
  const all = await Promise.all(named);
  return Object.fromEntries(all.filter(([name]) => !name.startsWith("tensorboard")));
}

if (import.meta.main) {
  const { killed, resumedAt, said, differing } = await killTraining(
    Number(process.argv[2] ?? 100),
    Math.random,
  );
  console.log(`${killed} killed; went on from steps ${resumedAt.join(", ")}`);
  for (const line of said) console.log(`said: ${line}`);
  for (const file of differing) console.log(`DIFFERS ${file}`);
  console.log(differing.length === 0 ? "every run ended with the same bytes" : "FAILED");
  process.exitCode = differing.length === 0 ? 0 : 1;
}
