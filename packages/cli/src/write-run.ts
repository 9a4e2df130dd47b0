import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Writes the files of a run under `directory`, each whole or not at all: to a temporary name, then renamed.
 *
 * An interrupt waits until the file at hand is in place, so that Ctrl-C leaves no fragments.
 */
export function writeRun(
  directory: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): void {
  const stop = () => process.exit(130);
  process.once("SIGINT", stop);
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = join(directory, name);
      const partial = `${path}.partial-${process.pid}`;
      mkdirSync(dirname(path), { recursive: true });
      try {
        writeFileSync(partial, content);
        renameSync(partial, path);
      } catch (error) {
        rmSync(partial, { force: true });
        throw error;
      }
    }
  } finally {
    // A signal that came meanwhile is delivered in the next turn of the event loop, before this.
    setImmediate(() => process.off("SIGINT", stop));
  }
}
