import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { npyBytes } from "@symbreak/datasets";
import { readJson } from "@symbreak/files";
import { grouped, OUT_OPTION } from "../options.ts";
import type { SampleRecord } from "../sampling/make-samples.ts";
import { mergeRows } from "../shards/merge-rows.ts";
import type { ShardRecord } from "../shards/sample-shard.ts";
import { parseShardFileName } from "../shards/shard-file.ts";
import { UsageError } from "../usage-error.ts";
import { defineVerb, type Verb } from "../verb.ts";

/** `ssb merge <directory>` */
export const merge: Verb = defineVerb({
  args: {
    directory: {
      type: "positional",
      required: true,
      description: "The directory that the shards were written to.",
    },
    ...grouped("Shards", {
      digest: {
        type: "string",
        description: "First digits of the protocol's digest, where shards of several are there.",
      },
    }),
    ...OUT_OPTION,
  },
  examples: ["ssb merge runs/many", "ssb merge runs/many --out runs/whole"],
  run: async ({ directory, digest = "", out }) => {
    const record = await recordOf(directory, digest);
    const { whole, digest: found, protocol, ...rest } = record;
    const wanted = { kind: "samples", digest: found, total: whole.count };
    const { data, shape } = await mergeRows(directory, wanted);
    const merged: SampleRecord = {
      ...rest,
      count: whole.count,
      protocol: { ...protocol, ...whole },
    };
    return {
      result: merged,
      text: `${whole.count} samples of ${directory} are together\n`,
      ...(out === undefined && { directory }),
      files: { "samples.npy": npyBytes(data as Float32Array | Uint8Array, shape) },
    };
  },
});

/** A record of the shards that are wanted: all of them say the whole. */
async function recordOf(directory: string, digest: string): Promise<ShardRecord> {
  const names = await readdir(directory);
  const records = names.filter((name) => {
    const file = parseShardFileName(name);
    return file?.extension === ".json" && file.digest.startsWith(digest.slice(0, 12));
  });
  const digests = [...new Set(records.map((name) => parseShardFileName(name)!.digest))];
  const [name] = records;
  if (name === undefined) throw new Error(`${directory} holds no shards of ssb sample`);
  if (digests.length > 1)
    throw new UsageError(
      `${directory} holds shards of ${digests.length} protocols: choose one with --digest ${digests.join(" or ")}`,
    );
  return (await readJson(join(directory, name))) as ShardRecord;
}
