// Mutated files for every reader. Attacks and good files first, then mutations, which follow from the seed and the number of the case.
// node --conditions=source fuzz.ts [--cases 1000] [--seed 1] [--keep totals.json] [--table] [target …]
import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readJsonIfThere, writeAtomically } from "@symbreak/files";
import { TARGETS } from "./targets.ts";
import type { Outcome } from "./worker.ts";

/** The most memory beyond what the process had at its start, and when to end a process that says nothing (a busy machine is slow). */
const LIMITS = { megabytes: 512, patience: 600_000 };
/** Cases that a process is told of at once. */
const BATCH = 200;
/** Cases after which a process is replaced, so that what it has piled up is not taken for a reader's. */
const LIFE = 20_000;

/** What came of all cases of a target. */
export interface Fuzzed {
  readonly cases: number;
  /** Refused by a named error; the others were read, or are findings. */
  readonly refused: number;
  /** The number of each case that is neither, and why. */
  readonly findings: readonly { readonly case: number; readonly what: string }[];
  /** The most processor time of a case, in ms. */
  readonly slowest: number;
  /** The most memory, in MB beyond the start. */
  readonly memory: number;
}

export const NOTHING: Fuzzed = { cases: 0, refused: 0, findings: [], slowest: 0, memory: 0 };

/**
 * Reads cases with one reader, in a process of its own, which is replaced when it must be ended.
 *
 * @param before what came of the cases so far: these go on from there
 */
export async function fuzz(
  target: string,
  cases: number,
  seed: number,
  before: Fuzzed = NOTHING,
): Promise<Fuzzed> {
  const root = await mkdtemp(join(tmpdir(), "fuzz-"));
  let folder = root;
  const findings = [...before.findings];
  let { refused, slowest, memory } = before;
  let [worker, start, born]: [ChildProcess | undefined, number, number] = [undefined, 0, 0];
  const end = (): void => {
    worker?.kill("SIGKILL");
    worker = undefined;
  };
  try {
    for (let first = before.cases; first < cases; ) {
      if (worker === undefined) {
        folder = await mkdtemp(join(root, "worker-"));
        worker = started(folder, target, seed);
        const ready = await answer(worker, LIMITS.patience);
        if (typeof ready === "string")
          throw new Error(`fuzz: ${target} cannot be started: ${ready}`);
        [start, born] = [ready.peak, first];
      }
      worker.send({ first, end: Math.min(cases, first + BATCH) });
      const said = await answer(worker, LIMITS.patience);
      if (typeof said === "string") {
        const ended = Number(readFileSync(join(folder, "case"), "utf8"));
        findings.push({ case: ended, what: said });
        // Those before it in its batch are read again.
        if (ended > first) {
          const again = await fuzz(target, ended, seed, { ...NOTHING, cases: first });
          refused += again.refused;
          findings.push(...again.findings);
        }
        first = ended + 1;
        end();
        continue;
      }
      first = said.end;
      refused += said.refused;
      findings.push(...said.findings);
      slowest = Math.max(slowest, said.milliseconds);
      memory = Math.max(memory, said.peak - start);
      if (said.peak - start > LIMITS.megabytes)
        findings.push({ case: first - 1, what: `${Math.round(said.peak - start)} MB of memory` });
      // The peak of a process never falls.
      if (said.peak - start > LIMITS.megabytes || first - born >= LIFE) end();
    }
  } finally {
    end();
    await rm(root, { recursive: true, force: true });
  }
  return { cases: Math.max(cases, before.cases), refused, findings, slowest, memory };
}

function started(folder: string, target: string, seed: number): ChildProcess {
  const script = fileURLToPath(new URL("worker.ts", import.meta.url));
  return fork(script, [folder, target, `${seed}`], {
    execArgv: ["--conditions=source"],
    stdio: ["ignore", "ignore", process.env.FUZZ_DEBUG ? "inherit" : "ignore", "ipc"],
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

/** Rows of a table in Markdown. */
function table(all: Readonly<Record<string, Fuzzed>>): string {
  const rows = Object.entries(all).map(
    ([target, { cases, refused, findings, slowest, memory }]) =>
      `| ${target} | ${cases} | ${refused} | ${cases - refused - findings.length} | ${findings.length} | ${slowest.toFixed(0)} | ${memory.toFixed(0)} |`,
  );
  const head = ["reader", "files", "refused", "read", "findings", "worst ms", "worst MB"];
  return [`| ${head.join(" | ")} |`, `|${" --- |".repeat(head.length)}`, ...rows].join("\n");
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      cases: { type: "string", default: "1000" },
      seed: { type: "string", default: "1" },
      keep: { type: "string" },
      table: { type: "boolean", default: false },
    },
  });
  const [cases, seed] = [Number(values.cases), Number(values.seed)];
  const all = ((values.keep && (await readJsonIfThere(values.keep))) ?? {}) as Record<
    string,
    Fuzzed
  >;
  for (const target of positionals.length > 0 ? positionals : Object.keys(TARGETS)) {
    // In pieces: what a killed run has counted is kept.
    for (let upTo = all[target]?.cases ?? 0; upTo < cases; ) {
      upTo = Math.min(cases, upTo + 10_000);
      all[target] = await fuzz(target, upTo, seed, all[target]);
      if (values.keep) await writeAtomically(values.keep, `${JSON.stringify(all, null, 1)}\n`);
    }
    const found = all[target]!;
    console.log(
      `${target}: ${found.cases} files, ${found.refused} refused, ${found.findings.length} findings, ${found.slowest.toFixed(0)} ms, ${found.memory.toFixed(0)} MB`,
    );
    const kinds = new Map(found.findings.map((finding) => [finding.what, finding.case]));
    for (const [what, number] of [...kinds].slice(0, 30)) console.log(`  case ${number}: ${what}`);
  }
  if (values.table) console.log(table(all));
}
