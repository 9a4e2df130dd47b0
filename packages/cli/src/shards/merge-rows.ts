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

/**
 * The rows of all shards of a directory, in the order of the samples: the array that one machine would have written.
 *
 * @throws Error naming the samples that are missing, or a file that does not fit
 */
export async function mergeRows(directory: string, wanted: WantedRows): Promise<NpyArray> {
  const shards = await findShards(directory, wanted);
  const missing = missingRanges(shards, wanted.total);
  if (missing.length > 0)
    throw new Error(
      `${directory} lacks ${wanted.kind} ${missing.map(inWords).join(", ")} of ${wanted.total} (protocol ${wanted.digest.slice(0, 12)}): run those shards again`,
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

/** The shards of one whole in a directory, in order. */
async function findShards(
  directory: string,
  { kind, digest }: WantedRows,
): Promise<(SampleRange & { path: string })[]> {
  const names = await readdir(directory);
  const shards = names.flatMap((name) => {
    const found = parseShardFileName(name);
    const fits =
      found?.kind === kind && found.digest === digest.slice(0, 12) && found.extension === ".npy";
    return fits ? [{ first: found.first, count: found.count, path: join(directory, name) }] : [];
  });
  return shards.sort((a, b) => a.first - b.first);
}

function inWords({ first, count }: SampleRange): string {
  return count === 1 ? `${first}` : `${first} to ${first + count - 1}`;
}
