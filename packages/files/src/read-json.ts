import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { parseJson } from "@symbreak/core";

/** More than any result, config or index has. */
const LARGEST = 1 << 26;

/**
 * The value of a JSON file that anyone may have written or damaged; every error names the file.
 *
 * @param largest bytes, default 64 MiB: a longer file is refused unread, and so is a device or a pipe, which has no end
 * @throws Error as of {@link parseJson}; a file that is not there has the code ENOENT of its cause
 */
export async function readJson(file: string, largest: number = LARGEST): Promise<unknown> {
  const bytes = await readBounded(file, largest);
  return parseJson(bytes.toString("utf8"), file);
}

/** {@link readJson}, or undefined where there is no such file. */
export async function readJsonIfThere(file: string, largest?: number): Promise<unknown> {
  try {
    return await readJson(file, largest);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Whether an error, or its cause, says that there is no such file. */
export function isMissing(error: unknown): boolean {
  const { code, cause } = error as NodeJS.ErrnoException;
  const codes = [code, (cause as NodeJS.ErrnoException | undefined)?.code];
  // Below a file there is nothing either.
  return codes.some((found) => found === "ENOENT" || found === "ENOTDIR");
}

/** The most that Node reads at once. */
const LARGEST_FILE = 2 ** 31 - 1;

/** {@link readBounded}, or undefined where there is no such file. */
export async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readBounded(file);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * The bytes of a regular file, not of a device or a pipe, which has no end.
 *
 * @param largest bytes, default 2 GiB, the most that Node reads at once: a longer file is refused unread
 * @throws Error naming the file
 */
export async function readBounded(file: string, largest: number = LARGEST_FILE): Promise<Buffer> {
  try {
    // O_NONBLOCK: not to wait for whoever might write into a pipe. Windows has neither.
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const info = await handle.stat();
      if (!info.isFile()) throw new Error("it is not a regular file");
      if (info.size > largest)
        throw new Error(`it has ${info.size} bytes, more than the ${largest} allowed here`);
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw new Error(`${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
