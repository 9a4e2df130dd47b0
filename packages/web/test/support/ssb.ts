import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const BIN = fileURLToPath(new URL("../../../cli/src/bin.ts", import.meta.url));

const run = promisify(execFile);

/** Node on a file of sources, in a folder; rejects with what was said where it fails. */
export async function node(file: string, args: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await run(process.execPath, ["--conditions=source", file, ...args], {
    cwd,
    maxBuffer: 2 ** 26,
  });
  return stdout;
}

/** A printed `ssb …` command, run as it stands. */
export function ssb(command: string, cwd: string): Promise<string> {
  const [name, ...args] = command.trim().split(/\s+/);
  if (name !== "ssb") throw new Error(`no command of ssb: ${command}`);
  return node(BIN, args, cwd);
}
