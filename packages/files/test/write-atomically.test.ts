import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sweepPartials, writeAtomically } from "../src/write-atomically.ts";
import { smallDisk } from "./support/small-disk.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "files-"));
});
afterAll(() => rm(root, { recursive: true }));

test("a file is replaced whole, and nothing is left beside it", async () => {
  const file = join(root, "a/b/c.txt");
  await writeAtomically(file, "one");
  await writeAtomically(file, Uint8Array.of(116, 119, 111));
  expect(await readFile(file, "utf8")).toBe("two");
  expect(await readdir(join(root, "a/b"))).toEqual(["c.txt"]);
});

test("fifty writers at once leave one of their contents", async () => {
  const file = join(root, "many.txt");
  const contents = Array.from({ length: 50 }, (_, i) => `${i}`.repeat(10_000));
  await Promise.all(contents.map((content) => writeAtomically(file, content)));
  expect(contents).toContain(await readFile(file, "utf8"));
  expect((await readdir(root)).filter((name) => name.startsWith("many"))).toEqual(["many.txt"]);
});

test("what cannot be written is named, and what was there stays", async () => {
  await mkdir(join(root, "folder/inside"), { recursive: true });
  await expect(writeAtomically(join(root, "folder"), "x")).rejects.toThrow(
    `${join(root, "folder")} cannot be written: EISDIR`,
  );
  expect(await readdir(root)).not.toContainEqual(expect.stringContaining("partial"));
  const file = join(root, "kept/file");
  await writeAtomically(file, "before");
  await chmod(join(root, "kept"), 0o555);
  // Root may write everywhere.
  if (process.getuid?.() !== 0)
    await expect(writeAtomically(file, "after")).rejects.toThrow(`${file} cannot be written`);
  await chmod(join(root, "kept"), 0o755);
});

test("a full disk, and a read-only one, name the file and lose nothing", async (context) => {
  const path = join(root, "disk");
  const disk = smallDisk(path, 64);
  if (disk === undefined) return context.skip("no file system can be mounted here");
  try {
    const file = join(path, "state");
    await writeAtomically(file, "x".repeat(40_000));
    await expect(writeAtomically(file, "y".repeat(40_000))).rejects.toThrow(
      `${file} cannot be written: ENOSPC`,
    );
    expect(await readFile(file, "utf8")).toBe("x".repeat(40_000));
    expect(await readdir(path)).toEqual(["state"]);
    disk.readOnly();
    await expect(writeAtomically(file, "z")).rejects.toThrow(`${file} cannot be written: EROFS`);
  } finally {
    disk.unmount();
  }
});

test("leftovers are swept once they are old, other files never", async () => {
  const folder = join(root, "sweep");
  await mkdir(join(folder, "unet"), { recursive: true });
  const names = ["a.json.partial-12-0123abcd", "unet/b.partial-7-ffffffff", "c.partial", "d.json"];
  for (const name of names) await writeFile(join(folder, name), "");
  await utimes(join(folder, names[0]!), 0, 0);
  expect(await sweepPartials(folder)).toBe(1);
  expect(await sweepPartials(folder, 0)).toBe(1);
  expect((await readdir(folder)).toSorted()).toEqual(["c.partial", "d.json", "unet"]);
  expect(await sweepPartials(join(root, "nowhere"))).toBe(0);
});

test("what a killed process of this machine left is swept at once, what a running one writes is not", async () => {
  const folder = join(root, "killed");
  const source = new URL("../src/write-atomically.ts", import.meta.url).href;
  const file = JSON.stringify(join(folder, "a.json"));
  const code = `const { writeAtomically } = await import(${JSON.stringify(source)});
    for (;;) await writeAtomically(${file}, "x".repeat(1e7));`;
  const child = spawn(process.execPath, ["--conditions=source", "--input-type=module", "-e", code]);
  const partials = async () =>
    (await readdir(folder).catch(() => [])).filter((name) => name.includes("partial"));
  // Stopped in the middle of a file.
  for (;;) {
    child.kill("SIGSTOP");
    if ((await partials()).length > 0) break;
    child.kill("SIGCONT");
    await new Promise((done) => setTimeout(done, 5));
  }
  expect(await sweepPartials(folder)).toBe(0);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(await sweepPartials(folder, undefined, false)).toBe(1);
  expect(await partials()).toEqual([]);
});
