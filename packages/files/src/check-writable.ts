import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { isMissing } from "./read-json.ts";

/**
 * Makes sure, before work is done, that a directory can be written to, or made where it is missing. Nothing is made yet.
 *
 * @throws Error naming the directory
 */
export async function checkWritable(directory: string): Promise<void> {
  try {
    for (let at = resolve(directory); ; at = dirname(at)) {
      const found = await stat(at).catch((error: unknown) => {
        if (isMissing(error) && dirname(at) !== at) return undefined;
        throw error;
      });
      if (found === undefined) continue;
      if (!found.isDirectory()) throw new Error(`${at} is not a directory`);
      // Of a read-only disk this fails for root too.
      return await access(at, constants.W_OK);
    }
  } catch (cause) {
    throw new Error(`${directory} cannot be written to: ${(cause as Error).message}`, { cause });
  }
}
