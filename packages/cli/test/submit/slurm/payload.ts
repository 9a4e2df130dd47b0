// What the Slurm test runs: `payload.ts shard <directory> --shard i/n`, then `payload.ts merge <directory>`.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseShard, philoxUniform, shardOf } from "@symbreak/core";
import { npyBytes } from "@symbreak/datasets";
import { sha256, writeAtomically } from "@symbreak/files";
import { mergeRows } from "../../../src/shards/merge-rows.ts";
import { shardFileName } from "../../../src/shards/shard-file.ts";

const TOTAL = 1000;
const SIZE = 16;
const [what, directory, , shard] = process.argv.slice(2);
const digest = sha256("payload");
const path = (name: string) => join(directory!, name);

if (what === "merge") {
  const { data, shape } = await mergeRows(directory!, { kind: "samples", digest, total: TOTAL });
  await writeAtomically(path("samples.npy"), npyBytes(data as Float64Array, shape));
} else {
  const { index, of } = parseShard(shard!);
  const { first, count } = shardOf(TOTAL, index, of);
  const rows = new Float64Array(count * SIZE);
  for (let i = 0; i < count; i++)
    philoxUniform(7)(rows.subarray(i * SIZE, (i + 1) * SIZE), SIZE, first + i);
  const name = shardFileName({ kind: "samples", first, count, digest, extension: ".npy" });
  // In an array the third task is killed at work, once, with half a file written.
  if (of > 1 && index === 2 && !existsSync(path("killed"))) {
    writeFileSync(path("killed"), `${process.pid}`);
    writeFileSync(
      path(`${name}.partial-${process.pid}-0123abcd`),
      npyBytes(rows, [count, SIZE]).subarray(0, 99),
    );
    process.kill(process.pid, "SIGKILL");
  }
  await writeAtomically(path(name), npyBytes(rows, [count, SIZE]));
}
