import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { missingRanges, type SampleRange } from "@symbreak/core";
import { type NpyArray, readNpy } from "@symbreak/datasets";
import { parseShardFileName, type ShardFile } from "./shard-file.ts";

/** Which whole is wanted. */
export type WantedRows = Pick<ShardFile, "kind" | "digest"> & {
  /** How many samples it has. */
  readonly total: number;
};

/** The samples of a whole that are in none of some directories. */
export async function missingRows(
  directories: readonly string[],
  wanted: WantedRows,
): Promise<SampleRange[]> {
  return missingRanges(await findShards(directories, wanted), wanted.total);
}

/** Missing samples in words, with the protocol that they are of. */
export function missingInWords(
  missing: readonly SampleRange[],
  { kind, total, digest }: WantedRows,
): string {
  return `${kind} ${missing.map(inWords).join(", ")} of ${total} (protocol ${digest.slice(0, 12)})`;
}

/**
 * The rows of all shards of some directories, in the order of the samples: the array that one machine would have written.
 *
 * @throws Error naming the samples that are missing, or a file that does not fit
 */
export async function mergeRows(
  directories: string | readonly string[],
  wanted: WantedRows,
): Promise<NpyArray> {
  const folders = [directories].flat();
  const directory = folders.join(", ");
  const shards = await findShards(folders, wanted);
  const missing = missingRanges(shards, wanted.total);
  if (missing.length > 0)
    throw new Error(
      `${directory} lacks ${missingInWords(missing, wanted)}: run those shards again`,
    );
  const arrays = await Promise.all(shards.map(({ path }) => readNpy(path)));
  const [first] = arrays;
  if (first === undefined) throw new Error(`${directory} holds no ${wanted.kind}`);
  const inner = first.shape.slice(1);
  const size = inner.reduce((product, n) => product * n, 1);
  const Rows = first.data.constructor as new (length: number) => NpyArray["data"];
  const data = new Rows(wanted.total * size);
  for (const [i, { path, first: from, count }] of shards.entries()) {
    const { shape, type, data: rows } = arrays[i]!;
    if (type !== first.type || `${shape}` !== `${[count, ...inner]}`)
      throw new Error(
        `${path} holds ${type} [${shape}], where its name and the other shards say ${first.type} [${[count, ...inner]}]`,
      );
    data.set(rows, from * size);
  }
  return { ...first, shape: [wanted.total, ...inner], data };
}

/** The shards of one whole in some directories, in order. */
export async function findShards(
  directories: readonly string[],
  { kind, digest }: Pick<WantedRows, "kind" | "digest">,
  extension: string = ".npy",
): Promise<(SampleRange & { path: string })[]> {
  const shards: (SampleRange & { path: string })[] = [];
  for (const directory of directories)
    for (const name of await readdir(directory)) {
      const found = parseShardFileName(name);
      const fits = found?.kind === kind && found.digest === digest.slice(0, 12);
      if (!fits || found.extension !== extension) continue;
      shards.push({ first: found.first, count: found.count, path: join(directory, name) });
    }
  return shards.sort((a, b) => a.first - b.first);
}

function inWords({ first, count }: SampleRange): string {
  return count === 1 ? `${first}` : `${first} to ${first + count - 1}`;
}
