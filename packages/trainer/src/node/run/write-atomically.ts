import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** Writes a file whole or not at all: to a temporary name beside it, through to the disk, then renamed. */
export async function writeAtomically(file: string, content: string | Uint8Array): Promise<void> {
  const partial = `${file}.partial-${process.pid}`;
  await mkdir(dirname(file), { recursive: true });
  try {
    const handle = await open(partial, "w");
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
