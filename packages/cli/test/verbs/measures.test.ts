import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { call, json } from "../support/call.ts";

const network = fileURLToPath(
  new URL("../../../trainer/test/fixtures/diffusers/ddpm", import.meta.url),
);
const directory = mkdtempSync(join(tmpdir(), "measures-"));
afterAll(() => rmSync(directory, { recursive: true }));

const DATA = ["--data", "mnist", "--limit", "200", "--resize", "8"];

test("likelihood gives nats, bits that agree with them, and four estimates of its error", async () => {
  const out = join(directory, "likelihood");
  const options = ["--count", "1", "--probes", "1", "--out", out];
  const { code, stdout } = await call(["likelihood", network, ...DATA, ...options]);
  expect(code).toBe(0);
  const result = JSON.parse(readFileSync(join(out, "result.json"), "utf8"));
  const [nats] = result.nats as number[];
  const [bits] = result.bitsPerDim as number[];
  // Bits of the image: a grey level is 1/127.5 of the units.
  expect(bits).toBeCloseTo(-nats! / (64 * Math.LN2) + Math.log2(127.5), 9);
  expect(Object.keys(result.error as object)).toEqual([
    ...["integration", "divergence", "prior", "truncation", "total"],
  ]);
  expect(result).toMatchObject({
    kind: "likelihood",
    count: 1,
    prior: "noise",
    binWidth: 1 / 127.5,
  });
  // One direction has no spread: that is said, and it is a number in neither form.
  expect(result.error).toMatchObject({ divergence: [null], total: [null] });
  expect(stdout).not.toContain("NaN");
  expect(stdout).toContain("--probes 2 or more");
}, 120_000);

test("uturn keeps more classes the later it turns back, and memorise holds samples against the data", async () => {
  const turns = [
    "--classifier",
    "nearest",
    "--steps",
    "10",
    "--samples",
    "40",
    "--times",
    "900,100",
  ];
  const turned = await json(["uturn", network, ...DATA, ...turns]);
  const [early, late] = turned.curve as { ddpmIndex: number; returned: { value: number } }[];
  expect(early!.ddpmIndex).toBeGreaterThan(late!.ddpmIndex);
  expect(late!.returned.value).toBeGreaterThan(early!.returned.value);
  const out = join(directory, "memorise");
  const copies = ["--samples", "20", "--steps", "3", "--out", out];
  const { code, stdout } = await call(["memorise", network, ...DATA, ...copies]);
  expect(code).toBe(0);
  expect(stdout.trimEnd()).toMatch(/Of 20 samples [\d.]+ % are copies of training samples .*$/);
  const result = JSON.parse(readFileSync(join(out, "result.json"), "utf8"));
  expect(result).toMatchObject({ kind: "memorise", samples: 20, protocol: { steps: 3, seed: 1 } });
  expect(readFileSync(join(out, "report.html"), "utf8")).toContain("New images, or copies?");
}, 120_000);

test("a network agrees with itself, and not with one of other units", async () => {
  const result = await json([
    "agree",
    network,
    network,
    ...DATA,
    "--samples",
    "5",
    "--times",
    "500,100",
  ]);
  const at = result.at as { ddpmIndex: number; distance: number; cosine: { value: number } }[];
  expect(at.map(({ ddpmIndex }) => ddpmIndex)).toEqual([500, 100]);
  for (const { distance, cosine } of at) {
    expect(distance).toBe(0);
    expect(cosine.value).toBeCloseTo(1, 6);
  }
  const other = await call(["agree", network, "zoo:mnist", ...DATA]);
  expect([other.code, other.stderr]).toEqual([2, expect.stringContaining("must have one process")]);
}, 120_000);

test("submit writes the script of a sharded command and its merge, and refuses what it cannot cut", async () => {
  const command = ["--", "sample", "zoo:mnist", "--count", "900", "--out", "runs/many"];
  const slurm = await call(["submit", "slurm", "--shards", "3", ...command]);
  expect(slurm.code).toBe(0);
  expect(slurm.stdout).toMatch(/^#!\/bin\/bash\n/);
  expect(slurm.stdout).toContain("--array=0-2");
  expect(slurm.stdout).toContain("ssb sample zoo:mnist --count 900 --out runs/many --shard");
  expect(slurm.stdout).toContain("ssb merge runs/many");
  const job = await call([
    "submit",
    "kubernetes",
    "--image",
    "me/ssb",
    "--claim",
    "work",
    ...command,
  ]);
  expect(job.stdout).toContain("JOB_COMPLETIONS");
  for (const [args, message] of [
    [["slurm"], "submit needs a command"],
    [["slurm", "--", "analyze", "mnist", "--out", "x"], "submit needs a command"],
    [["slurm", "--image", "x", ...command], "--image is not for slurm"],
    [["kubernetes", ...command], "needs --image and --claim"],
    [["sge", ...command], "must be one of slurm, kubernetes"],
  ] as const) {
    const { code, stderr } = await call(["submit", ...args]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  }
});

test("submit --run hands the script to the scheduler, and says so when that fails", async () => {
  const folder = mkdtempSync(join(tmpdir(), "submit-"));
  const log = join(folder, "log");
  const sbatch = join(folder, "sbatch");
  const words = ["submit", "slurm", "--shards", "3", "--run", "--"];
  const command = [...words, "sample", "zoo:mnist", "--count", "9", "--out", join(folder, "many")];
  const { PATH } = process.env;
  const here = process.cwd();
  try {
    process.env.PATH = `${folder}:${PATH}`;
    process.chdir(folder);
    writeFileSync(sbatch, `#!/bin/bash\necho "$@" >> ${log}\necho 7\n`, { mode: 0o755 });
    const { code, stdout } = await call(command);
    expect([code, stdout]).toEqual([0, expect.stringContaining("Submitted: 3 shards")]);
    const asked = readFileSync(log, "utf8").trim().split("\n");
    expect(asked).toHaveLength(2);
    expect(asked[0]).toContain("--array=0-2");
    expect(asked[1]).toContain("afterok:7");
    writeFileSync(sbatch, "#!/bin/bash\nexit 3\n", { mode: 0o755 });
    const failed = await call(command);
    expect([failed.code, failed.stderr]).toEqual([1, expect.stringContaining("script of the job")]);
  } finally {
    process.env.PATH = PATH;
    process.chdir(here);
    rmSync(folder, { recursive: true });
  }
});
