import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";

/** An empty folder that goes when the test file has run, and a way to put files into it. */
export function temporaryFolder(): {
  path: string;
  write: (name: string, bytes: Uint8Array | string) => string;
} {
  const path = mkdtempSync(join(tmpdir(), "symbreak-datasets-"));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  const write = (name: string, bytes: Uint8Array | string): string => {
    const file = join(path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    return file;
  };
  return { path, write };
}
