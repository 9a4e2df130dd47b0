import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const BIN = fileURLToPath(new URL("../../src/bin.ts", import.meta.url));

/** What a finished command left. */
export interface Outcome {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The directory that it ran in, its own. */
  readonly directory: string;
}

/** Runs the command line as a user would, from source, in an empty directory. */
export function ssb(args: readonly string[], interruptAfter?: number): Promise<Outcome> {
  const directory = mkdtempSync(join(tmpdir(), "ssb-"));
  const child = spawn(process.execPath, ["--conditions=source", BIN, ...args], { cwd: directory });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const timer =
    interruptAfter === undefined
      ? undefined
      : setTimeout(() => child.kill("SIGINT"), interruptAfter);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, stdout, stderr, directory });
    });
  });
}
