import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parameterCount, smallUnet } from "@symbreak/trainer";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { main } from "../../src/main.ts";

const MODEL = { sampleSize: 8, inChannels: 1, blockOutChannels: [8, 8] };

let directory: string;
let config: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "train-"));
  config = join(directory, "tiny.mjs");
  await writeFile(join(directory, "images.npy"), npy([6, 8, 8]));
  const tiny = {
    name: "tiny",
    data: { dataset: join(directory, "images.npy") },
    model: { className: "SmallUNet", ...MODEL },
    batch: 2,
    steps: 3,
    samples: { count: 4, steps: 2 },
  };
  await writeFile(config, `export default ${JSON.stringify(tiny)};`);
});
afterAll(() => rm(directory, { recursive: true }));

/** Bytes 0, 1, 2, … as numpy stores them. */
function npy(shape: readonly number[]): Buffer {
  const header = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(", ")}), }`;
  const padded = `${header.padEnd(117)}\n`;
  const data = Buffer.from(Uint8Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i));
  return Buffer.concat([
    Buffer.from("\x93NUMPY\x01\x00\x76\x00", "latin1"),
    Buffer.from(padded),
    data,
  ]);
}

/** Exit code, stdout and stderr of a command line. */
async function ssb(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err] = ([process.stdout, process.stderr] as const).map((stream) =>
    vi.spyOn(stream, "write").mockReturnValue(true),
  );
  try {
    const code = await main(argv);
    const text = (spy: typeof out) => spy!.mock.calls.map(([chunk]) => chunk).join("");
    return { code, out: text(out), err: text(err) };
  } finally {
    out!.mockRestore();
    err!.mockRestore();
  }
}

test("a config is trained, its samples drawn, and the run known again", async () => {
  const run = join(directory, "run");
  const options = ["--engine", "onnxruntime-node", "--threads", "1", "--out", run];
  const none = await ssb("train", config, "--resume", ...options);
  expect(none).toMatchObject({ code: 1 });
  expect(none.err).toContain("must hold a checkpoint to go on from");

  const { code, out, err } = await ssb("train", config, "--set", "seed=1", "--json", ...options);
  expect(code, err).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ directory: run, step: 3, steps: 3 });
  expect(err).toContain("engine: onnxruntime-node");
  expect(err).toMatch(/step 3\/3 {2}loss \d\.\d{4} \[.*images\/s/);
  expect(err).toContain("(the average is young: it needs 10000 steps)");
  expect(await readdir(join(run, "samples"))).toEqual([
    "step-000003-ema.png",
    "step-000003-raw.png",
  ]);
  const png = await readFile(join(run, "samples", "step-000003-raw.png"));
  // Width and height of 2 × 2 images with a gap between.
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([18, 18]);

  const other = await ssb("train", config, ...options);
  expect(other).toMatchObject({ code: 1 });
  expect(other.err).toContain("must hold a run of this config");
  expect(other.err).toContain("differing: [seed]");
  const again = await ssb("train", run, "--resume", "--threads", "1");
  expect(again).toMatchObject({ code: 0, out: `Trained 3 steps: ${run}\n` });
});

test("a classifier is judged by the test split, and the run keeps what was found", async () => {
  const [file, out] = [join(directory, "digits.json"), join(directory, "digits")];
  const digits = {
    name: "digits",
    data: { dataset: "mnist", limit: 512, scale: "zscore" },
    model: {
      className: "CleanClassifier",
      sampleSize: 28,
      inChannels: 1,
      classes: 10,
      blockOutChannels: [4, 8],
      featureSize: 16,
    },
    objective: { name: "classification" },
    optimiser: { rate: 0.01, average: 0.8 },
    batch: 32,
    steps: 40,
  };
  await writeFile(file, JSON.stringify(digits));
  const { code, out: said, err } = await ssb("train", file, "--out", out, "--threads", "1");
  expect(code, err).toBe(0);
  const evaluation = JSON.parse(await readFile(join(out, "evaluation.json"), "utf8"));
  expect(evaluation).toMatchObject({ n: 10_000, scale: "zscore" });
  expect(evaluation.data).toMatch(/^mnist test.*10000 × 1×28×28$/);
  // A few digits suffice to be far from guessing, and not to be perfect.
  expect(evaluation.accuracy).toBeGreaterThan(0.5);
  expect(evaluation.accuracy).toBeLessThan(0.95);
  const percent = (100 * evaluation.accuracy).toFixed(2);
  expect(said).toContain(`Trained 40 steps: ${out}\nNot trained on: ${evaluation.data}.`);
  expect(said).toContain(`Named right: ${percent} %`);
  const again = await ssb("train", out, "--threads", "1", "--json");
  expect(JSON.parse(again.out).evaluation).toEqual(evaluation);
});

test("a dry run prints the whole config and writes nothing", async () => {
  const out = join(directory, "dry");
  const argv = ["train", config, "--dry-run", "--set", "steps=7", "--set=optimiser.rate=1e-3"];
  const result = await ssb(...argv, "--threads", "1", "--out", out);
  expect(result.code, result.err).toBe(0);
  expect(JSON.parse(result.out)).toMatchObject({
    config: { steps: 7, optimiser: { rate: 1e-3, clip: 1 }, schedule: { steps: 1000 } },
    directory: out,
    from: 0,
    steps: 7,
    parameters: parameterCount(smallUnet(MODEL)),
    engine: expect.stringContaining("onnxruntime-node"),
  });
  expect(await readdir(directory)).not.toContain("dry");
});

test("what is wrong is said in one line", async () => {
  expect(await ssb("train")).toMatchObject({ code: 2 });
  const unknown = await ssb("train", config, "--set", "optimizer.rate=1");
  expect(unknown).toMatchObject({ code: 1 });
  expect(unknown.err).toContain("optimizer: ");
  const data = await ssb("train", config, "--set", "data.dataset=./nowhere");
  expect(data.err).toContain("nowhere");
  expect((await ssb("train", "none.ts")).err).toContain("none.ts cannot be read");
  expect((await ssb("train", config, "--engine", "abacus")).code).toBe(2);
});

test("the JSON schema is printed", async () => {
  const { code, out } = await ssb("train", "--schema");
  expect(code).toBe(0);
  expect(JSON.parse(out).required).toContain("model");
});
