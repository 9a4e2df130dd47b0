import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The names that unfinished files have: of one process among many machines, even where all processes have one number. */
const PARTIAL = /\.partial-\d+-[0-9a-f]{8}$/;

/**
 * Writes a file whole or not at all: to a temporary name beside it, through to the disk, then renamed. Of two writers
 * the later one wins.
 *
 * @throws Error naming the file, on a full or read-only disk; what was there before is untouched
 */
export async function writeAtomically(file: string, content: string | Uint8Array): Promise<void> {
  const partial = `${file}.partial-${process.pid}-${randomBytes(4).toString("hex")}`;
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
 * Removes what killed processes left half written below a directory. Returns how many files those were.
 *
 * @param age seconds that a file must be old. Default an hour, so that whoever writes at this moment is left alone; 0 for a
 * directory that is locked.
 */
export async function sweepPartials(directory: string, age = 3600): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  let swept = 0;
  for (const entry of entries) {
    if (!entry.isFile() || !PARTIAL.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const written = await stat(path).catch(() => undefined);
    if (written === undefined || Date.now() - written.mtimeMs < 1000 * age) continue;
    await rm(path, { force: true });
    swept++;
  }
  return swept;
}
