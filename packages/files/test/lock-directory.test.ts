import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lockDirectory } from "../src/lock-directory.ts";

let root: string;
let directories = 0;
const directory = () => join(root, `${directories++}`);
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "files-"));
});
afterAll(() => rm(root, { recursive: true }));

/** Another process that locks, says "locked" or why not, and waits. */
function locking(at: string): ChildProcess {
  const source = new URL("../src/lock-directory.ts", import.meta.url).href;
  const code = `const { lockDirectory } = await import(${JSON.stringify(source)});
    await lockDirectory(${JSON.stringify(at)}).then(() => console.log("locked"), (e) => console.log(e.message));
    setInterval(() => {}, 1000);`;
  return spawn(process.execPath, ["--input-type=module", "-e", code]);
}

const said = async (child: ChildProcess): Promise<string> =>
  `${(await once(child.stdout!, "data"))[0]}`.trim();

test("a directory has one writer, and nothing stays when it ends", async () => {
  const at = directory();
  const lock = await lockDirectory(at);
  await expect(lockDirectory(at)).rejects.toThrow(
    `${at} is in use by process ${process.pid} of this machine`,
  );
  await lock.check();
  await lock.release();
  expect(await readdir(at)).toEqual([]);
  await (await lockDirectory(at)).release();
});

test("of twenty at once, one has it", async () => {
  const at = directory();
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockDirectory(at)));
  const [lock, ...others] = tries.flatMap((t) => (t.status === "fulfilled" ? [t.value] : []));
  expect(others).toEqual([]);
  await lock!.release();
  expect(await readdir(at)).toEqual([]);
});

test("a process that is killed leaves no lock behind", async () => {
  const at = directory();
  const child = locking(at);
  expect(await said(child)).toBe("locked");
  await expect(lockDirectory(at)).rejects.toThrow(`in use by process ${child.pid}`);
  child.kill("SIGKILL");
  await once(child, "exit");
  const lock = await lockDirectory(at);
  const second = locking(at);
  expect(await said(second)).toContain(`in use by process ${process.pid}`);
  second.kill("SIGKILL");
  await lock.release();
});

test("a process that was given the number of a killed one is not its holder", async () => {
  const at = directory();
  const lock = await lockDirectory(at);
  const text = await readFile(join(at, ".lock"), "utf8");
  await lock.release();
  await writeFile(join(at, ".lock"), JSON.stringify({ ...JSON.parse(text), started: "1" }));
  await (await lockDirectory(at)).release();
});

test("another machine's lock counts while it is touched, and is taken over when it is not", async () => {
  const at = directory();
  const foreign = JSON.stringify({ machine: `not ${hostname()}`, pid: 1, started: "2" });
  const path = join(at, ".lock");
  await (await lockDirectory(at)).release();
  await writeFile(path, foreign);
  // In place, as a holder does: never an empty file in between.
  const touching = setInterval(() => utimes(path, new Date(), new Date()), 20);
  const quick = { beat: 0.1, patience: 0.5 };
  await expect(lockDirectory(at, quick)).rejects.toThrow(`process 1 of not ${hostname()}`);
  clearInterval(touching);
  const heard: string[] = [];
  const lock = await lockDirectory(at, { ...quick, say: (text) => heard.push(text) });
  expect(heard).toEqual([
    `${at} is locked by process 1 of not ${hostname()}: waiting up to 0.5 s for a sign of life`,
  ]);
  await lock.release();
});

test("a holder gives signs of life, and learns when it has lost the lock", async () => {
  const at = directory();
  const path = join(at, ".lock");
  const lock = await lockDirectory(at, { beat: 0.02 });
  const { mtimeMs } = await stat(path);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect((await stat(path)).mtimeMs).toBeGreaterThan(mtimeMs);
  await rm(path);
  const other = await lockDirectory(at);
  await expect(lock.check()).rejects.toThrow(`${path} was taken over by another process`);
  await lock.release();
  await other.check();
  await other.release();
});
