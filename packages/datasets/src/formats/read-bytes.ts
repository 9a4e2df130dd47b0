import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { DatasetError } from "../dataset-error.ts";
import { plainBytes } from "./plain-bytes.ts";

/**
 * The whole of a regular file, whatever links lead to it.
 *
 * @throws DatasetError when it cannot be read, or is larger than Node reads at once (2 GiB), or is a pipe or a device, which has no
 * end
 */
export async function readBytes(file: string): Promise<Uint8Array> {
  try {
    // O_NONBLOCK: not to wait for whoever might write into a pipe. Windows has neither.
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const info = await handle.stat();
      // Of a folder, the system says what is wrong itself.
      if (!info.isFile() && !info.isDirectory()) throw new Error("a pipe, a socket or a device");
      return plainBytes(await handle.readFile());
    } finally {
      await handle.close();
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DatasetError({ file, expected: "a readable file", found: reason, cause });
  }
}
