import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A disk of its own, in memory. */
export interface SmallDisk {
  /** Takes all the room that is left, in a file called "filler". */
  fill(): void;
  readOnly(): void;
  unmount(): void;
}

/** Mounts one at a path that is not there yet; undefined where this process may not. */
export function smallDisk(path: string, kilobytes: number): SmallDisk | undefined {
  const mount = (...words: string[]) => execFileSync("mount", words, { stdio: "ignore" });
  mkdirSync(path);
  try {
    mount("-t", "tmpfs", "-o", `size=${kilobytes}k`, "tmpfs", path);
  } catch {
    return undefined;
  }
  return {
    fill() {
      for (;;)
        try {
          writeFileSync(join(path, "filler"), new Uint8Array(4096), { flag: "a" });
        } catch {
          return;
        }
    },
    readOnly: () => mount("-o", "remount,ro", path),
    unmount: () => execFileSync("umount", [path]),
  };
}
