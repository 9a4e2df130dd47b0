import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { philoxUniform } from "@symbreak/core";
import { npzBytes } from "@symbreak/datasets";
import { afterAll, expect, test } from "vitest";
import { call } from "../support/call.ts";
import { tinySet } from "../support/tiny-set.ts";

const BIN = fileURLToPath(new URL("../../src/bin.ts", import.meta.url));
const network = fileURLToPath(
  new URL("../../../trainer/test/fixtures/diffusers/ddpm", import.meta.url),
);
const root = mkdtempSync(join(tmpdir(), "shards-"));
afterAll(() => rmSync(root, { recursive: true }));

const images = join(root, "images.npz");
const { values, labels, count, shape } = tinySet(600, [1, 8, 8]);
writeFileSync(
  images,
  npzBytes({
    images: { data: values as Uint8Array, shape: [count, ...shape] },
    labels: { data: labels as Uint8Array, shape: [count] },
  }),
);
const DATA = ["--data", images, "--scale", "symmetric"];
const TURNS = ["--classifier", "nearest", "--steps", "4", "--times", "600,300"];
/** What was typed, the files that one machine writes, and what `--out` ends with. */
const VERBS: Readonly<Record<string, readonly [string[], string[], string?]>> = {
  sample: [
    [
      "sample",
      network,
      ...DATA,
      "--solver",
      "ddim",
      "--start",
      "400",
      "--steps",
      "2",
      "--count",
      "200",
    ],
    ["result.json", "samples.npy", "samples.png"],
  ],
  compare: [
    [
      ...["compare", network, ...DATA, "--extractor", "pca4", "--solvers", "ddim,ddim:eta=1"],
      ...["--steps", "2", "--also", "3", "--samples", "300", "--scan", "50", "--trial", "0"],
      ...["--full", "0"],
    ],
    ["result.json", "cells.csv"],
  ],
  clone: [["clone", network, ...DATA, ...TURNS, "--pairs", "200"], ["result.json"]],
  mixture: [
    ["clone", "--mixture", "--dim", "64", "--pairs", "4000", "--steps", "12", "--times", "1,2"],
    ["result.json"],
  ],
  uturn: [["uturn", network, ...DATA, ...TURNS, "--samples", "140"], ["result.json"]],
  memorise: [
    ["memorise", network, ...DATA, "--samples", "140", "--steps", "3"],
    ["result.json", "samples.npy"],
  ],
  likelihood: [["likelihood", network, ...DATA, "--count", "2", "--probes", "1"], ["result.json"]],
  study: [
    [
      ...["study", network, ...DATA, "--extractor", "pca4", "--classifier", "nearest", "--quick"],
      ...["--solvers", "ddim", "--steps", "2", "--samples", "50", "--images", "100"],
      ...["--pairs", "70", "--clone-steps", "4"],
    ],
    ["result.json", "cells.csv"],
  ],
  stats: [["stats", images, "--extractor", "pca5"], ["stats.npz"], "stats.npz"],
  distance: [["distance", images, images, "--extractor", "pca5"], ["result.json"]],
};

const out = (verb: string, directory: string) => ["--out", join(directory, VERBS[verb]![2] ?? "")];
const read = (verb: string, directory: string) =>
  VERBS[verb]![1].map((file) => [file, readFileSync(join(directory, file), "latin1")]);
const partsIn = (verb: string, directory: string) =>
  VERBS[verb]![2] === undefined ? directory : join(directory, `${VERBS[verb]![2]}.shards`);

async function run(verb: string, directory: string, ...options: string[]) {
  const called = await call([...VERBS[verb]![0], ...options, ...out(verb, directory)]);
  expect([verb, called.code, called.stderr.includes("ssb: ") ? called.stderr : ""]).toEqual([
    ...[verb, 0, ""],
  ]);
  return called;
}

/** The files of one machine. */
async function alone(verb: string) {
  const directory = join(root, verb, "alone");
  if (!existsSync(directory)) await run(verb, directory);
  return read(verb, directory);
}

/** In how many shards: what takes long is cut in the other ways in the tests of its experiment. */
const COUNTS: Readonly<Record<string, readonly number[]>> = {
  likelihood: [2],
  compare: [3],
  study: [3],
};

test.each(Object.keys(VERBS))(
  "%s: 1, 3 and 7 shards (of long ones fewer), merged, are the bytes that one machine writes",
  async (verb) => {
    for (const of of COUNTS[verb] ?? [1, 3, 7]) {
      const together = join(root, verb, `of-${of}`);
      for (let k = 0; k < of; k++)
        await run(verb, together, "--shard", `${(5 * k + 3) % of}/${of}`);
      if (of > 1) expect(existsSync(join(together, VERBS[verb]![1][0]!))).toBe(false);
      const merged = await call(["merge", partsIn(verb, together)]);
      expect([verb, merged.code, merged.code === 0 ? "" : merged.stderr]).toEqual([verb, 0, ""]);
      // stats.npz says in no word where it lies; the others neither.
      expect(read(verb, together)).toEqual(await alone(verb));
    }
  },
  900_000,
);

test("a shard that is not there is named, with the command that makes it; parts may lie in several directories", async () => {
  const [here, there] = [join(root, "here"), join(root, "there")];
  await run("clone", here, "--shard", "0/3");
  await run("clone", there, "--shard", "2/3");
  const early = await call(["merge", here, there]);
  expect(early.code).toBe(1);
  expect(early.stderr).toContain(`${here}, ${there} lacks parts (shard 1 of 3). Make them with\n`);
  const [, command] = /\n {2}ssb (.*)\n/.exec(early.stderr)!;
  expect(command).toContain(`clone ${network} `);
  expect(command).toContain(`--shard 1/3 --out ${here}`);
  // What it says is what helps.
  expect((await call(command!.split(" "))).code).toBe(0);
  const merged = await call(["merge", here, there, "--out", join(root, "merged")]);
  expect(merged.code).toBe(0);
  expect(read("clone", join(root, "merged"))).toEqual(await alone("clone"));
}, 120_000);

test("a shard is what a scheduler says; the log says which, and it says where parts go", async () => {
  const directory = join(root, "scheduled");
  const environments = [
    [
      {
        SLURM_ARRAY_TASK_ID: "5",
        SLURM_ARRAY_TASK_COUNT: "2",
        SLURM_ARRAY_TASK_MIN: "3",
        SLURM_ARRAY_TASK_STEP: "2",
      },
      "Slurm array task 5 (SLURM_ARRAY_TASK_ID): shard 1/2",
    ],
    [
      { JOB_COMPLETION_INDEX: "0", JOB_COMPLETIONS: "2" },
      "Kubernetes Indexed Job (JOB_COMPLETION_INDEX): shard 0/2",
    ],
  ] as const;
  for (const [environment, said] of environments) {
    Object.assign(process.env, environment);
    try {
      const { stdout, stderr } = await run("mixture", directory);
      expect(stderr).toContain(said);
      expect(stdout).toMatch(/^shard [01] of 2 is made; when all are: ssb merge /);
      const nowhere = await call(["clone", "--mixture"]);
      expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining("with --out")]);
    } finally {
      for (const name of Object.keys(environment)) delete process.env[name];
    }
  }
  expect((await call(["merge", directory])).code).toBe(0);
  expect(readdirSync(join(directory, "parts"))[0]).toMatch(
    /^twoGaussians-000000000-000000999-[0-9a-f]{64}\.json$/,
  );
  const nothing = await call(["merge", root]);
  expect([nothing.code, nothing.stderr]).toEqual([1, expect.stringContaining("holds no shards")]);
}, 120_000);

test("a directory's job is refused by name where it is none, of another verb, or one of several", async () => {
  const merged = async (jobs: Record<string, unknown>) => {
    const directory = mkdtempSync(join(root, "jobs-"));
    for (const [digest, job] of Object.entries(jobs))
      writeFileSync(join(directory, `job-${digest.repeat(12)}.json`), JSON.stringify(job));
    const { code, stderr } = await call(["merge", directory]);
    return `${code} ${stderr.replaceAll(directory, "D")}`;
  };
  const job = { verb: "clone", argv: ["--mixture", "--magic"], of: 2 };
  expect(await merged({ a: { ...job, of: 0 } })).toContain(
    "1 ssb: D/job-aaaaaaaaaaaa.json is not a job",
  );
  expect(await merged({ a: { ...job, argv: [1] } })).toContain("is not a job");
  expect(await merged({ a: { ...job, verb: "train" } })).toContain(
    '2 ssb: D holds shards of "train"',
  );
  expect(await merged({ a: { ...job, verb: "toString" } })).toContain("no verb that has shards");
  expect(await merged({ a: job, b: job })).toContain(
    "shards of 2 jobs: choose one with --digest a",
  );
  expect(await merged({ a: job })).toContain("2 ssb: clone has no option --magic");
});

/** A shard as a process of its own, killed after so long if asked to. */
function shardProcess(verb: string, shard: string, directory: string, kill?: number) {
  const words = [...VERBS[verb]![0], "--shard", shard, ...out(verb, directory)];
  const child = spawn(process.execPath, ["--conditions=source", BIN, ...words], {
    stdio: "ignore",
  });
  const timer = kill === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), kill);
  return new Promise<string | number | null>((resolve) => {
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve(signal ?? code);
    });
  });
}

test("shards killed by SIGKILL at random moments and run again, two at once, end in the same bytes", async () => {
  const directory = join(root, "killed");
  const begun = Date.now();
  expect(await shardProcess("clone", "0/2", directory)).toBe(0);
  const took = Date.now() - begun;
  const moments = new Float64Array(4);
  philoxUniform(begun >>> 0)(moments, 4, 0);
  const ends: (string | number | null)[] = [];
  for (const moment of moments)
    ends.push(await shardProcess("clone", "1/2", directory, took * moment));
  expect(ends.every((end) => end === "SIGKILL" || end === 0)).toBe(true);
  const both = [1, 2].map(() => shardProcess("clone", "1/2", directory));
  expect(await Promise.all(both)).toEqual([0, 0]);
  expect((await call(["merge", directory])).code).toBe(0);
  expect(read("clone", directory)).toEqual(await alone("clone"));
}, 240_000);
