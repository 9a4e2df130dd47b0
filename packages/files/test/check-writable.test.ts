import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { appendTo } from "../src/append-to.ts";
import { checkWritable } from "../src/check-writable.ts";
import { smallDisk } from "./support/small-disk.ts";

const root = mkdtempSync(join(tmpdir(), "files-"));
afterAll(() => rmSync(root, { recursive: true }));

test("a directory that can be written to, or made, is left as it is", async () => {
  await checkWritable(root);
  await checkWritable(join(root, "not", "yet", "there"));
  expect(readdirSync(root)).toEqual([]);
});

test("a file in the way, a closed directory and a read-only disk are named", async (context) => {
  const file = join(root, "file");
  writeFileSync(file, "x");
  for (const path of [file, join(file, "below")])
    await expect(checkWritable(path)).rejects.toThrow(`${path} cannot be written to: `);
  const closed = join(root, "closed");
  mkdirSync(closed, { mode: 0o555 });
  // Root may write everywhere.
  if (process.getuid?.() !== 0)
    await expect(checkWritable(join(closed, "a"))).rejects.toThrow("cannot be written to: EACCES");
  chmodSync(closed, 0o755);
  const disk = smallDisk(join(root, "disk"), 64);
  if (disk === undefined) return context.skip("no file system can be mounted here");
  try {
    disk.fill();
    await expect(appendTo(join(root, "disk/filler"), "y".repeat(5000))).rejects.toThrow(
      `${join(root, "disk/filler")} cannot be written: ENOSPC`,
    );
    disk.readOnly();
    await expect(checkWritable(join(root, "disk/a/b"))).rejects.toThrow(
      `${join(root, "disk/a/b")} cannot be written to: EROFS`,
    );
  } finally {
    disk.unmount();
  }
});
