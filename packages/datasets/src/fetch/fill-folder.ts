import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { DatasetError } from "../dataset-error.ts";

const ABANDONED_AFTER = 60 * 60 * 1000;

/**
 * Fills a folder in one step: `fill` works in a temporary one beside it, which takes the name when it succeeds and
 * goes when it fails. A reader sees all of it or nothing.
 *
 * @throws DatasetError when there is something else under that name: it may be someone's data
 */
export async function fillFolder(
  target: string,
  fill: (temporary: string) => Promise<void>,
): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  await removeAbandoned(target);
  const temporary = await mkdtemp(`${target}.partial-`);
  try {
    await fill(temporary);
    await rename(temporary, target);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOSPC" || code === "EDQUOT")
      throw new DatasetError({ file: target, expected: "room for it", found: `${cause}`, cause });
    if (code !== "ENOTEMPTY" && code !== "EEXIST" && code !== "ENOTDIR") throw cause;
    const found = "something else under this name";
    throw new DatasetError({ file: target, expected: "no such folder yet", found, cause });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** What a killed process left behind. */
async function removeAbandoned(target: string): Promise<void> {
  for (const name of await readdir(dirname(target))) {
    if (!name.startsWith(`${basename(target)}.partial-`)) continue;
    const path = join(dirname(target), name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > ABANDONED_AFTER) await rm(path, { recursive: true, force: true });
  }
}
