import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sha256 } from "./sha256.ts";
import { isRunning, thisProcess } from "./this-process.ts";

/**
 * The names that unfinished files have: the machine (earlier versions did not say), the process, and eight digits for where even
 * these are shared.
 */
const PARTIAL = /\.partial-(?:([0-9a-f]{8})-)?(\d+)-[0-9a-f]{8}$/;
const MACHINE = sha256(thisProcess().machine).slice(0, 8);

/**
 * Writes a file whole or not at all: to a temporary name beside it, through to the disk, then renamed. Of two writers
 * the later one wins.
 *
 * @throws Error naming the file, on a full or read-only disk; what was there before is untouched
 */
export async function writeAtomically(file: string, content: string | Uint8Array): Promise<void> {
  const partial = `${file}.partial-${MACHINE}-${process.pid}-${randomBytes(4).toString("hex")}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(partial, "wx");
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, file);
  } catch (cause) {
    // The first error is the one to tell.
    await rm(partial, { force: true }).catch(() => undefined);
    throw new Error(`${file} cannot be written: ${(cause as Error).message}`, { cause });
  }
}

/**
 * Removes what killed processes left half written in a directory: at once where they were of this machine, else when it is old.
 * Returns how many files those were.
 *
 * @param age seconds that a file must be old where its process cannot be asked for. Default an hour, so that whoever writes at this
 * moment is left alone; 0 for a directory that is locked.
 * @param below whether in the directories below it too. Default true.
 */
export async function sweepPartials(
  directory: string,
  age: number = 3600,
  below: boolean = true,
): Promise<number> {
  const options = { recursive: below, withFileTypes: true } as const;
  const entries = await readdir(directory, options).catch(() => []);
  let swept = 0;
  for (const entry of entries) {
    const [, machine, pid] = (entry.isFile() && PARTIAL.exec(entry.name)) || [];
    if (pid === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    if (machine !== MACHINE || isRunning(Number(pid))) {
      const written = await stat(path).catch(() => undefined);
      if (written === undefined || Date.now() - written.mtimeMs < 1000 * age) continue;
    }
    await rm(path, { force: true });
    swept++;
  }
  return swept;
}
