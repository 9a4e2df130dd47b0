import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { canonicalJson } from "@symbreak/core";
import { readJson, sha256, writeAtomically } from "@symbreak/files";
import { UsageError } from "../usage-error.ts";

/** The command whose shards left their parts in a directory: whoever merges them runs it again. Plain JSON. */
export interface Job {
  readonly verb: string;
  /** What was typed behind the verb, but for the shard, the directory, the workers and how the result is printed. */
  readonly argv: readonly string[];
  /** How many shards there are, as the last of them that began was told. */
  readonly of: number;
}

const NAME = /^job-([0-9a-f]{12})\.json$/;

/** A command line without the words that say how it is run. */
export function jobWords(argv: readonly string[]): string[] {
  const words = ["--shard", "--out", "--workers"].reduce(without, [...argv]);
  return words.filter((word) => word !== "--json" && word !== "--debug");
}

/** A command line without its shard: what makes the same result on one machine. */
export function withoutShard(argv: readonly string[]): string[] {
  return without([...argv], "--shard");
}

function without(argv: string[], option: string): string[] {
  return argv.filter((word, k) => {
    return word !== option && argv[k - 1] !== option && !word.startsWith(`${option}=`);
  });
}

/** The first digits of the digest of a job, by which its file is named. */
function jobDigest({ verb, argv }: Pick<Job, "verb" | "argv">): string {
  return sha256(canonicalJson({ verb, argv })).slice(0, 12);
}

/** Leaves in a directory what its shards are of. */
export async function writeJob(directory: string, job: Job): Promise<void> {
  const path = join(directory, `job-${jobDigest(job)}.json`);
  await writeAtomically(path, `${JSON.stringify(job, null, 2)}\n`);
}

/** The job of some directories. @throws UsageError where there are several, and none is chosen by its digest */
export async function readJob(directories: readonly string[], digest: string): Promise<Job> {
  const found = new Map<string, string>();
  for (const directory of directories)
    for (const name of await readdir(directory)) {
      const [, digits] = NAME.exec(name) ?? [];
      if (digits?.startsWith(digest.slice(0, 12))) found.set(digits, join(directory, name));
    }
  const [path, ...others] = found.values();
  const at = directories.join(", ");
  if (path === undefined)
    throw new Error(
      `${at} holds no shards${digest === "" ? "" : ` of a job ${digest}`}: they are made with --shard i/n --out ${directories[0]}`,
    );
  if (others.length > 0)
    throw new UsageError(
      `${at} holds shards of ${found.size} jobs: choose one with --digest ${[...found.keys()].join(" or ")}`,
    );
  return checked(await readJson(path), path);
}

function checked(read: unknown, path: string): Job {
  const { verb, argv, of } = (read ?? {}) as Partial<Job>;
  const words = Array.isArray(argv) && argv.every((word) => typeof word === "string");
  if (typeof verb === "string" && words && Number.isSafeInteger(of) && of! >= 1) return read as Job;
  throw new Error(`${path} is not a job of shards: it must hold verb, argv and of`);
}
