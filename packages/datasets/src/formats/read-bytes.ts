import { readFile } from "node:fs/promises";
import { DatasetError } from "../dataset-error.ts";
import { plainBytes } from "./plain-bytes.ts";

/** The whole file. @throws DatasetError when it cannot be read, or is larger than Node reads at once (2 GiB). */
export async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return plainBytes(await readFile(file));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DatasetError({ file, expected: "a readable file", found: reason, cause });
  }
}
