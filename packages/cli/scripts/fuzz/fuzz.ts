// Mutated files for every reader: node --conditions=source fuzz.ts [cases of each, default 1000] [seed] [target …]
import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Outcome } from "./worker.ts";

/** The most processor time of a case, the most memory beyond what the process had at its start, and when to end the process. */
const LIMITS = { milliseconds: 2000, megabytes: 512, patience: 20_000 };

/** What came of all cases of a target. */
export interface Fuzzed {
  readonly target: string;
  readonly cases: number;
  /** Refused by a named error; the others were read. */
  readonly refused: number;
  /** The number of each case that is none of these, and why. */
  readonly findings: readonly { readonly case: number; readonly what: string }[];
  readonly slowest: number;
  /** The most memory, in MB beyond the start. */
  readonly memory: number;
}

/** Reads so many files with one reader, in a process of its own, which is replaced when it must be ended. */
export async function fuzz(target: string, cases: number, seed: number): Promise<Fuzzed> {
  const folder = await mkdtemp(join(tmpdir(), "fuzz-"));
  const findings: { case: number; what: string }[] = [];
  let [refused, slowest, memory] = [0, 0, 0];
  let worker: ChildProcess | undefined;
  let start = 0;
  try {
    for (let number = 0; number < cases; number++) {
      if (worker === undefined) {
        worker = started(folder, target, seed);
        const first = await answer(worker, 60_000);
        if (typeof first === "string")
          throw new Error(`fuzz: ${target} cannot be started: ${first}`);
        start = first.peak;
      }
      worker.send(number);
      const said = await answer(worker, LIMITS.patience);
      if (typeof said === "string") {
        findings.push({ case: number, what: said });
        worker.kill("SIGKILL");
        worker = undefined;
        continue;
      }
      if (said.refused) refused++;
      if (said.finding) findings.push({ case: number, what: said.finding });
      slowest = Math.max(slowest, said.milliseconds);
      memory = Math.max(memory, said.peak - start);
      if (said.milliseconds > LIMITS.milliseconds)
        findings.push({
          case: number,
          what: `${Math.round(said.milliseconds)} ms of processor time`,
        });
      if (said.peak - start > LIMITS.megabytes) {
        findings.push({ case: number, what: `${Math.round(said.peak - start)} MB of memory` });
        // The peak of a process never falls.
        worker.kill("SIGKILL");
        worker = undefined;
      }
    }
  } finally {
    worker?.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  }
  return { target, cases, refused, findings, slowest, memory };
}

function started(folder: string, target: string, seed: number): ChildProcess {
  const script = fileURLToPath(new URL("worker.ts", import.meta.url));
  return fork(script, [folder, target, `${seed}`], {
    execArgv: ["--conditions=source"],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
}

/** What the worker says, or why it says nothing. */
function answer(worker: ChildProcess, milliseconds: number): Promise<Outcome | string> {
  return new Promise((resolve) => {
    const done = (what: Outcome | string): void => {
      clearTimeout(timer);
      worker.off("message", done);
      worker.off("exit", ended);
      resolve(what);
    };
    const ended = (code: number | null, signal: string | null): void =>
      done(`the process ended: ${signal ?? code}`);
    const timer = setTimeout(() => done(`more than ${milliseconds / 1000} s`), milliseconds);
    worker.on("message", done);
    worker.on("exit", ended);
  });
}

/** The names of all targets. */
export const TARGETS: readonly string[] = [
  ...["npy", "npz", "idx", "parquet", "png", "safetensors", "checkpoint"],
  ...["training config", "scheduler config", "network config", "kept cell"],
];

if (import.meta.main) {
  const [cases = "1000", seed = "1", ...names] = process.argv.slice(2);
  console.log("target             cases  refused  findings  slowest    memory");
  for (const target of names.length > 0 ? names : TARGETS) {
    const found = await fuzz(target, Number(cases), Number(seed));
    const { refused, findings, slowest, memory } = found;
    console.log(
      `${target.padEnd(17)}${cases.padStart(7)}${`${refused}`.padStart(9)}${`${findings.length}`.padStart(10)}${slowest.toFixed(0).padStart(6)} ms${memory.toFixed(0).padStart(7)} MB`,
    );
    const kinds = new Map(findings.map((finding) => [finding.what, finding.case]));
    for (const [what, number] of kinds) console.log(`  case ${number}: ${what}`);
  }
}
