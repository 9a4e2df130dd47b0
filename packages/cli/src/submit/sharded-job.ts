import { invalid } from "@symbreak/core";

/** A command in equal parts on many machines, and the command that puts their results together. */
export interface ShardedJob {
  /** Of the job, and of its files: small letters, digits and "-". */
  readonly name: string;
  /** The words of one shard's command; `--shard i/n` is added. */
  readonly command: readonly string[];
  /** The words of the merge. */
  readonly merge: readonly string[];
  readonly shards: number;
  /** How many run at once. Default all. */
  readonly concurrent?: number;
  /** What one shard needs. */
  readonly cpus?: number;
  /** In MiB. */
  readonly memory?: number;
  readonly gpus?: number;
  /** How often a shard that failed is tried again. Default 3. */
  readonly retries?: number;
}

/** A job with its defaults. @throws RangeError naming what neither scheduler would take */
export function checkJob(
  job: ShardedJob,
): Required<Omit<ShardedJob, "memory">> & { memory?: number } {
  const { shards, name } = job;
  const checked = { concurrent: shards, cpus: 1, gpus: 0, retries: 3, ...job };
  const fail = (rule: string, value: unknown): RangeError => invalid("submit", rule, value);
  // Kubernetes names the pods of an Indexed Job <name>-<index>, in 63 characters.
  if (!/^[a-z]([-a-z0-9]{0,50}[a-z0-9])?$/.test(name))
    throw fail("name must be small letters, digits and -, at most 52 of them", name);
  const least = { shards: 1, concurrent: 1, cpus: 1, memory: 1, gpus: 0, retries: 0 };
  for (const [key, from] of Object.entries(least) as [keyof typeof least, number][]) {
    const value = checked[key];
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= from))
      throw fail(`${key} must be a whole number, ${from} or more`, value);
  }
  for (const word of [...job.command, ...job.merge])
    if (/[\0\n\r]/.test(word)) throw fail("words must be of one line", word);
  if (job.command.length === 0 || job.merge.length === 0)
    throw fail("command and merge must have words", job.command);
  return checked;
}

/** Words as a shell takes them for just these words. */
export function shellWords(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(" ");
}
