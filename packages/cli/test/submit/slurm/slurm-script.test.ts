import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { slurmScript } from "../../../src/submit/slurm-script.ts";
import { startSlurm, whyNoSlurm } from "./one-machine-slurm.ts";

const PAYLOAD = fileURLToPath(new URL("payload.ts", import.meta.url));
const payload = (...words: string[]) => [
  process.execPath,
  "--conditions=source",
  PAYLOAD,
  ...words,
];

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "slurm-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const network = fileURLToPath(
  new URL("../../../../trainer/test/fixtures/diffusers/ddpm", import.meta.url),
);
/** Two commands that take seconds, and the file of their results that one machine writes. */
const COMMANDS = {
  samples: {
    words: [
      "sample",
      network,
      "--start",
      "noise",
      "--solver",
      "ddim",
      "--steps",
      "5",
      "--count",
      "256",
    ],
    file: "samples.npy",
  },
  clones: {
    words: [
      "clone",
      "--mixture",
      "--dim",
      "64",
      "--pairs",
      "8000",
      "--steps",
      "200",
      "--times",
      "1,2",
    ],
    file: "result.json",
  },
} as const;
type Name = keyof typeof COMMANDS;

const job = (directory: string, name: Name = "samples") => ({
  name,
  command: payload(...COMMANDS[name].words, "--out", directory),
  merge: payload("merge", directory),
  shards: 4,
});

test("the script submits the array, and the merge once all of it is done", () => {
  const script = slurmScript(
    {
      ...job("a b"),
      command: ["ssb", "it's", "$HOME"],
      concurrent: 2,
      cpus: 4,
      memory: 512,
      gpus: 1,
    },
    { partition: "gpu", account: "physics", time: "02:00:00" },
  );
  const sbatch = 'sbatch() { cat >&2; echo "17;here"; }';
  const heard = execFileSync("bash", ["-c", `${sbatch}\n${script}`], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  expect(heard).toBe("shards: job 17, merge: job 17;here\n");
  expect(script).toContain("--array=0-3%2 --requeue");
  expect(script).toContain(
    "--partition=gpu --account=physics --time=02:00:00 --cpus-per-task=4 --mem=512M --gpus=1",
  );
  expect(script).toContain(`ssb 'it'\\''s' '$HOME' --shard "$SLURM_ARRAY_TASK_ID/4"`);
  expect(script).toContain('--dependency=afterok:"$shards" --kill-on-invalid-dep=yes');
});

test("words that sbatch would misread are refused by name", () => {
  expect(() => slurmScript(job("x"), { partition: "a b" })).toThrow("partition must be one word");
  expect(() => slurmScript({ ...job("x"), name: "x;y" })).toThrow("name must be small letters");
});

test("on a real Slurm a killed task is requeued, and the merge is one machine's result, bit for bit", async (context) => {
  const reason = whyNoSlurm();
  if (reason !== undefined) return context.skip(reason);
  const folder = join(root, "cluster");
  const [results, alone] = ["results", "alone"].map((name) => join(root, name)) as [string, string];
  await Promise.all([folder, results, alone].map((path) => mkdir(path)));
  const slurm = await startSlurm(folder);
  const names = Object.keys(COMMANDS) as Name[];
  const merged = (name: Name) => join(results, name, COMMANDS[name].file);
  try {
    const arrays = new Map<Name, string>();
    for (const name of names) {
      await writeFile(join(folder, `${name}.sh`), slurmScript(job(join(results, name), name)));
      const said = slurm.run("bash", `${name}.sh`);
      arrays.set(name, /^shards: job (\d+), merge: job \d+\n$/.exec(said)![1]!);
    }
    const begun = new Map<string, number>();
    for (let i = 0; i < 600 && !names.every((name) => existsSync(merged(name))); i++) {
      await sleep(500);
      // Slurm waits two minutes before it runs a requeued task. Some seconds it does need: a task that starts in the second in
      // which its killed self is cleared away is refused, and counts as failed.
      const waiting = slurm.run("squeue", "--noheader", "--format=%i %r");
      for (const shards of arrays.values()) {
        if (!waiting.includes(`${shards}_2 BeginTime`)) continue;
        begun.set(shards, (begun.get(shards) ?? 0) + 1);
        if (begun.get(shards) === 12)
          slurm.run("scontrol", "update", `JobId=${shards}_2`, "StartTime=now");
      }
    }
    for (const name of names) {
      const [node, ...words] = payload(...COMMANDS[name].words, "--out", join(alone, name));
      execFileSync(node!, words, { stdio: "ignore" });
      const file = await readFile(join(alone, name, COMMANDS[name].file));
      expect([name, (await readFile(merged(name))).equals(file)]).toEqual([name, true]);
      expect(existsSync(join(results, name, "killed"))).toBe(true);
      const log = join(folder, "slurm", `${name}-${arrays.get(name)}-2.log`);
      expect(await readFile(log, "utf8")).toContain("shard 2 failed with 137, try 0");
    }
    const arraysOf = (names: string[]) => names.filter((name) => name.endsWith(".npy"));
    expect(arraysOf(await readdir(join(results, "samples")))).toHaveLength(5);
    const parts = await readdir(join(results, "clones", "parts"));
    expect(parts.filter((name) => /^twoGaussians.*\.json$/.test(name))).toHaveLength(8);
  } finally {
    await slurm.stop();
  }
}, 400_000);
