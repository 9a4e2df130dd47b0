import { appendFile } from "node:fs/promises";

/** Adds to the end of a file. @throws Error naming the file, on a full or read-only disk */
export async function appendTo(file: string, content: string | Uint8Array): Promise<void> {
  try {
    await appendFile(file, content);
  } catch (cause) {
    throw new Error(`${file} cannot be written: ${(cause as Error).message}`, { cause });
  }
}
