import { invalid, type SampleRange } from "@symbreak/core";

/** A file of some samples of a whole. */
export interface ShardFile extends SampleRange {
  /** What it holds: "samples", "features". */
  readonly kind: string;
  /** SHA-256 of the protocol that all shards of the whole share, its first twelve digits. */
  readonly digest: string;
  /** With its dot. */
  readonly extension: string;
}

const NAME = /^([a-z-]+)-(\d{9})-(\d{9})-([0-9a-f]{12})(\.[a-z0-9]+)$/;

/**
 * The name of a shard's file, by its range and the protocol's digest: a shard that is there is not made again, two that run at once write the
 * same file, and what another protocol made is never taken.
 *
 * @example shardFileName({ kind: "samples", first: 0, count: 64, digest: "9f86d081884c…", extension: ".npy" })
 * // "samples-000000000-000000063-9f86d081884c.npy"
 */
export function shardFileName({ kind, first, count, digest, extension }: ShardFile): string {
  const number = (n: number): string => `${n}`.padStart(9, "0");
  const name = `${kind}-${number(first)}-${number(first + count - 1)}-${digest.slice(0, 12)}${extension}`;
  if (!NAME.test(name))
    throw invalid("shardFileName", `a shard's file must be like ${NAME.source}`, name);
  return name;
}

/** What a file's name says, or undefined of other files. */
export function parseShardFileName(name: string): ShardFile | undefined {
  const [, kind, from, to, digest, extension] = NAME.exec(name) ?? [];
  if (kind === undefined || digest === undefined || extension === undefined) return undefined;
  const [first, last] = [Number(from), Number(to)];
  return last < first ? undefined : { kind, first, count: last - first + 1, digest, extension };
}
