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

const job = (directory: string) => ({
  name: "samples",
  command: payload("shard", directory),
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
  const [folder, results, alone] = ["cluster", "results", "alone"].map((name) => join(root, name));
  await Promise.all([folder, results, alone].map((path) => mkdir(path!)));
  const slurm = await startSlurm(folder!);
  try {
    await writeFile(join(folder!, "submit.sh"), slurmScript(job(results!)));
    const said = slurm.run("bash", "submit.sh");
    const [, shards] = /^shards: job (\d+), merge: job \d+\n$/.exec(said) ?? [];
    const merged = join(results!, "samples.npy");
    let begun = 0;
    for (let i = 0; i < 300 && !existsSync(merged); i++) {
      await sleep(500);
      // Slurm waits two minutes before it runs a requeued task. Some seconds it does need: a task that starts in the second in
      // which its killed self is cleared away is refused, and counts as failed.
      const waiting = slurm.run("squeue", "--noheader", "--format=%i %r", `--job=${shards}`);
      if (waiting.includes(`${shards}_2 BeginTime`) && ++begun === 12)
        slurm.run("scontrol", "update", `JobId=${shards}_2`, "StartTime=now");
    }
    for (const what of ["shard", "merge"]) {
      const [node, ...words] = payload(what, alone!);
      execFileSync(node!, [...words, "--shard", "0/1"]);
    }
    expect((await readFile(merged)).equals(await readFile(join(alone!, "samples.npy")))).toBe(true);
    expect(existsSync(join(results!, "killed"))).toBe(true);
    const log = await readFile(join(folder!, "slurm", `samples-${shards}-2.log`), "utf8");
    expect(log).toContain("shard 2 failed with 137, try 0");
    expect((await readdir(results!)).filter((name) => name.endsWith(".npy"))).toHaveLength(5);
  } finally {
    await slurm.stop();
  }
}, 240_000);
