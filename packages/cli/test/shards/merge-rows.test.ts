import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shardOf } from "@symbreak/core";
import { npyBytes } from "@symbreak/datasets";
import { sha256 } from "@symbreak/files";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mergeRows } from "../../src/shards/merge-rows.ts";
import { parseShardFileName, shardFileName } from "../../src/shards/shard-file.ts";

const TOTAL = 50;
const digest = sha256("protocol");
const wanted = { kind: "samples", digest, total: TOTAL };
const all = Float64Array.from({ length: TOTAL * 6 }, (_, i) => Math.sin(i));

let root: string;
let directories = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "shards-"));
});
afterAll(() => rm(root, { recursive: true }));

/** A directory with some of n shards. */
async function sharded(n: number, present: readonly number[]): Promise<string> {
  const directory = await mkdtemp(join(root, `${directories++}-`));
  for (const i of present) {
    const { first, count } = shardOf(TOTAL, i, n);
    const name = shardFileName({ kind: "samples", first, count, digest, extension: ".npy" });
    const rows = all.slice(first * 6, (first + count) * 6);
    await writeFile(join(directory, name), npyBytes(rows, [count, 1, 2, 3]));
  }
  return directory;
}

test.each([
  [1, [0]],
  [3, [2, 0, 1]],
  [7, [6, 1, 4, 0, 2, 5, 3]],
])("%i shards, in any order, are the array of one machine", async (n, present) => {
  const { data, shape } = await mergeRows(await sharded(n, present), wanted);
  expect(npyBytes(data as Float64Array, shape)).toEqual(npyBytes(all, [TOTAL, 1, 2, 3]));
});

test("what is missing is named; other protocols' shards and other files are left alone", async () => {
  const directory = await sharded(7, [0, 2, 3, 6]);
  const other = { kind: "samples", first: 7, count: 7, digest: "0".repeat(64), extension: ".npy" };
  await writeFile(join(directory, shardFileName(other)), npyBytes(all.slice(0, 42), [7, 6]));
  await writeFile(join(directory, "samples.npy"), "");
  await expect(mergeRows(directory, wanted)).rejects.toThrow(
    `${directory} lacks samples 7 to 13, 28 to 41 of 50 (protocol ${digest.slice(0, 12)})`,
  );
});

test("a file that is not what its name says is named", async () => {
  const directory = await sharded(2, [0]);
  const name = (first: number, count: number) =>
    join(directory, shardFileName({ kind: "samples", first, count, digest, extension: ".npy" }));
  await rename(name(0, 25), name(25, 25));
  await writeFile(name(0, 25), npyBytes(all.slice(0, 24 * 6), [24, 1, 2, 3]));
  await expect(mergeRows(directory, wanted)).rejects.toThrow(`${name(0, 25)} holds f8 [24,1,2,3]`);
  await writeFile(name(0, 25), (await readFile(name(25, 25))).subarray(0, 999));
  await expect(mergeRows(directory, wanted)).rejects.toThrow(name(0, 25));
});

test("names carry kind, range and digest, and nothing else is taken for one", () => {
  const file = { kind: "samples", first: 64, count: 64, digest, extension: ".npy" };
  const name = shardFileName(file);
  expect(name).toBe(`samples-000000064-000000127-${digest.slice(0, 12)}.npy`);
  expect(parseShardFileName(name)).toEqual({ ...file, digest: digest.slice(0, 12) });
  for (const stranger of ["samples.npy", `${name}.partial-1-00000000`, name.replace("64", "128")])
    expect(parseShardFileName(stranger)).toBeUndefined();
  expect(() => shardFileName({ ...file, kind: "../samples" })).toThrow("a shard's file must be");
});
