import { existsSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson, type SampleRange, type Shard, shardOf } from "@symbreak/core";
import { readJson, sha256 } from "@symbreak/files";
import { plan, type SampleOptions } from "@symbreak/samplers";
import type { Outcome } from "../publish.ts";
import {
  type About,
  runSamples,
  type SampleRecord,
  sampleFiles,
  samplesOutcome,
} from "../sampling/make-samples.ts";
import { UsageError } from "../usage-error.ts";
import { shardFileName } from "./shard-file.ts";

/** The record of one shard, which knows the whole. */
export interface ShardRecord extends SampleRecord {
  /** The samples of all shards. */
  readonly whole: SampleRange;
  /** SHA-256 of all that the samples of the whole depend on. */
  readonly digest: string;
}

/** Shards begin at multiples of a batch, so that each network call, and so each bit, is that of one run. */
const BATCH = 64;

/**
 * Makes one shard of the samples of a run, in files that are named by range and digest: one that is there already is not made
 * again.
 */
export async function sampleShard(
  run: SampleOptions,
  { index, of }: Shard,
  about: About,
  directory: string | undefined,
): Promise<Outcome> {
  if (directory === undefined)
    throw new UsageError(
      `this is shard ${index} of ${of}: name the directory that all of them share with --out`,
    );
  const { network, count = 1, first = 0 } = run;
  const whole = { first, count };
  const part = shardOf(count, index, of, BATCH);
  const digest = digestOf(run, whole, about);
  if (part.count === 0)
    return {
      result: { kind: "sample", whole, digest, count: 0 },
      text: `shard ${index} of ${of} has no samples: shards are whole batches of ${BATCH}\n`,
      resultFile: `empty-${index}-of-${of}.json`,
    };
  const name = (extension: string) =>
    shardFileName({ kind: "samples", ...part, digest, extension });
  const resultFile = name(".json");
  if ([".npy", ".json"].every((ending) => existsSync(join(directory, name(ending)))))
    return {
      result: (await readJson(join(directory, resultFile))) as ShardRecord,
      text: `${join(directory, name(".npy"))} is there already\n`,
      resultFile,
    };
  const made = await runSamples({ ...run, first: first + part.first, count: part.count });
  const { units } = network!;
  const outcome = samplesOutcome(made, { units }, about);
  const files = sampleFiles(made.samples, made.protocol.shape, units, about.bytes);
  return {
    ...outcome,
    result: { ...outcome.result, whole, digest } as ShardRecord,
    files: { [name(".npy")]: files["samples.npy"]! },
    resultFile,
  };
}

function digestOf(run: SampleOptions, whole: SampleRange, { materials, bytes }: About): string {
  const { given, solver, levels, start, threshold } = plan(run);
  const { network, weak, condition, guidance, seed = 0 } = given;
  return sha256(
    canonicalJson({
      network: network && { digest: network.digest, process: network.process.spec },
      solver: { name: solver.name, settings: solver.settings },
      levels: levels.map(({ alpha, sigma, timestep }) => ({ alpha, sigma, timestep })),
      start: start.name,
      threshold: threshold && { name: threshold.name, settings: threshold.settings },
      condition,
      guidance: guidance ?? null,
      weak: weak?.digest ?? null,
      seed: String(seed),
      whole,
      materials: JSON.parse(JSON.stringify(materials)),
      bytes,
    }),
  );
}
