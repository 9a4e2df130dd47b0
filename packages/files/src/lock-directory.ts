import { type FileHandle, link, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ProcessIdentity, runsHere, thisProcess } from "./this-process.ts";

/** The right to write in a directory. */
export interface DirectoryLock {
  /** @throws Error when another process has taken the lock over, because this one gave no sign of life for so long */
  check(): Promise<void>;
  release(): Promise<void>;
}

/** Settings of {@link lockDirectory}. */
export interface LockOptions {
  /** Seconds between the holder's signs of life. Default 10. */
  readonly beat?: number;
  /** Seconds without a sign of life after which another machine's lock is taken over. Default 120. */
  readonly patience?: number;
  /** Told why it waits. */
  readonly say?: (text: string) => void;
}

const LOCK = ".lock";

/**
 * Makes this process the only one that writes in a directory, which is made where it is missing.
 *
 * The lock is a file with the number and the start of its process. One whose process no longer runs on this machine is taken
 * over at once, so that kill −9 leaves nothing behind. Whether a process of another machine lives cannot be asked:
 * its lock counts while its holder touches it.
 *
 * @throws Error naming the holder
 */
export async function lockDirectory(
  directory: string,
  { beat = 10, patience = 120, say }: LockOptions = {},
): Promise<DirectoryLock> {
  const path = join(directory, LOCK);
  const text = `${JSON.stringify(thisProcess())}\n`;
  for (;;) {
    const handle = await create(path, text).catch((cause: Error) => {
      throw new Error(`${directory} cannot be written to: ${cause.message}`, { cause });
    });
    if (handle !== undefined) return held(path, text, handle, beat);
    const before = await read(path);
    if (before === undefined) continue;
    const holder = parse(before.text);
    if (holder?.machine === thisProcess().machine) {
      if (runsHere(holder)) throw inUse(directory, `process ${holder.pid} of this machine`);
    } else {
      const who =
        holder === undefined ? "another machine" : `process ${holder.pid} of ${holder.machine}`;
      say?.(`${directory} is locked by ${who}: waiting up to ${patience} s for a sign of life`);
      if (await stirs(path, before, beat, patience)) throw inUse(directory, who);
    }
    await remove(path, before.text);
  }
}

function inUse(directory: string, who: string): Error {
  return new Error(
    `${directory} is in use by ${who}: wait for it to end, or take another directory (its lock is ${join(directory, LOCK)})`,
  );
}

/** The lock file with its content, in one stroke, or undefined where there is one. */
async function create(path: string, text: string): Promise<FileHandle | undefined> {
  const own = `${path}.${process.pid}-${Math.random().toString(36).slice(2)}`;
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(own, "wx");
  try {
    await handle.writeFile(text);
    // A hard link is made or refused in one stroke, over NFS too.
    await link(own, path);
    return handle;
  } catch (error) {
    await handle.close();
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return undefined;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

function held(path: string, text: string, handle: FileHandle, beat: number): DirectoryLock {
  const own = async (): Promise<boolean> => {
    const [mine, there] = await Promise.all([handle.stat(), stat(path).catch(() => undefined)]);
    return mine.ino === there?.ino;
  };
  // Through the open file: a lock that was taken over is another file.
  let beating: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    beating = handle.write(text, 0).catch(() => undefined);
  }, 1000 * beat);
  timer.unref();
  return {
    check: async () => {
      if (!(await own())) throw new Error(`${path} was taken over by another process`);
    },
    release: async () => {
      clearInterval(timer);
      await beating;
      if (await own()) await rm(path, { force: true });
      await handle.close();
    },
  };
}

interface Seen {
  readonly text: string;
  readonly time: number;
}

async function read(path: string): Promise<Seen | undefined> {
  try {
    return { text: await readFile(path, "utf8"), time: (await stat(path)).mtimeMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function parse(text: string): ProcessIdentity | undefined {
  try {
    const { machine, pid, started } = JSON.parse(text) as Partial<ProcessIdentity>;
    return typeof machine === "string" && Number.isInteger(pid) && typeof started === "string"
      ? { machine, pid: pid as number, started }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the holder touches the lock; by its own file's times alone, since clocks differ between machines. */
async function stirs(path: string, before: Seen, beat: number, patience: number): Promise<boolean> {
  for (let waited = 0; waited < patience; waited += beat / 2) {
    await sleep(500 * beat);
    const now = await read(path);
    if (now === undefined) return false;
    if (now.time !== before.time || now.text !== before.text) return true;
  }
  return false;
}

/** Removes a lock, unless it has become another process's meanwhile. */
async function remove(path: string, text: string): Promise<void> {
  const aside = `${path}.${process.pid}-${Math.random().toString(36).slice(2)}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, "utf8")) !== text) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}
