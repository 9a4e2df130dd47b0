import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  canonicalJson,
  PartsElsewhere,
  type SampleRange,
  type Shard,
  shardOf,
} from "@symbreak/core";
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
import type { Cut } from "./cut.ts";
import { findShards, mergeRows, missingInWords, missingRows } from "./merge-rows.ts";
import { shardFileName } from "./shard-file.ts";

/** The record of one shard, which knows the whole. */
interface ShardRecord extends SampleRecord {
  /** The samples of all shards. */
  readonly whole: SampleRange;
  /** SHA-256 of all that the samples of the whole depend on. */
  readonly digest: string;
}

/** Shards begin at multiples of a batch, so that each network call, and so each bit, is that of one run. */
const BATCH = 64;

/** One shard of the samples of a run, or all of them from the files of its shards. */
export async function cutSamples(
  run: SampleOptions,
  { team: { own, shards }, directories }: Cut,
  about: About,
): Promise<Outcome> {
  const of = shards.length;
  return own === null
    ? gatheredSamples(run, of, about, directories)
    : sampleShard(run, { index: own, of }, about, directories[0]);
}

/** What one machine would have made of the run, from the files of all shards. */
async function gatheredSamples(
  run: SampleOptions,
  of: number,
  about: About,
  directories: readonly string[],
): Promise<Outcome> {
  const { network, count = 1, first = 0 } = run;
  const digest = digestOf(run, { first, count }, about);
  const wanted = { kind: "samples", digest, total: count };
  const missing = await missingRows(directories, wanted);
  if (missing.length > 0) {
    const lacking = Array.from({ length: of }, (_, index) => index).filter((index) =>
      missing.some((range) => overlap(range, shardOf(count, index, of, BATCH))),
    );
    throw new PartsElsewhere(lacking, missingInWords(missing, wanted));
  }
  const { data } = await mergeRows(directories, wanted);
  const records = new Map<number, SampleRecord>();
  for (const { path, first } of await findShards(directories, wanted, ".json"))
    records.set(first, (await readJson(path)) as ShardRecord);
  const protocols = [...records.values()].map(({ protocol }) => protocol);
  const [protocol] = protocols;
  if (protocol === undefined)
    throw new Error(`${directories.join(", ")} lacks the records of the shards, samples-….json`);
  // Calls are whole numbers; of an adaptive solver each shard has its own.
  const calls = protocols.reduce((sum, { nfe, count }) => sum + Math.round(nfe * count), 0);
  const samples = data as Float32Array | Uint8Array;
  const { units } = network!;
  return samplesOutcome(
    { samples, protocol: { ...protocol, first, count, nfe: calls / count } },
    { units },
    about,
  );
}

function overlap(a: SampleRange, b: SampleRange): boolean {
  return a.first < b.first + b.count && b.first < a.first + a.count;
}

/**
 * Makes one shard of the samples of a run, in files that are named by range and digest: one that is there already is not made
 * again.
 */
async function sampleShard(
  run: SampleOptions,
  { index, of }: Shard,
  about: About,
  directory: string,
): Promise<Outcome> {
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
