import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { npyBytes } from "@symbreak/datasets";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, json } from "../support/call.ts";
import { tinySet } from "../support/tiny-set.ts";

let directory: string;
let teacher: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "distil-"));
  const images = join(directory, "images.npy");
  await writeFile(images, npyBytes(tinySet(64, [1, 8, 8]).values as Uint8Array, [64, 8, 8]));
  const config = join(directory, "teacher.json");
  teacher = join(directory, "teacher");
  const run = {
    name: "teacher",
    data: { dataset: images },
    model: { className: "SmallUNet", sampleSize: 8, inChannels: 1, blockOutChannels: [8, 8] },
    batch: 4,
    steps: 2,
    samples: { count: 0 },
  };
  await writeFile(config, JSON.stringify(run));
  await json(["train", config, "--threads", "1", "--out", teacher]);
}, 60_000);
afterAll(() => rm(directory, { recursive: true }));

/** A config file of a small student. */
async function configOf(name: string, changes: object = {}): Promise<string> {
  const config = {
    name,
    teacher,
    timesteps: [600, 400, 200],
    ends: "last",
    walk: [600, 200],
    teacherTimesteps: [600, 500, 400, 300, 200, 100],
    trajectories: 4,
    seed: 3,
    optimiser: { rate: 1e-3, warmUp: 1, muon: null, average: 0.5 },
    batch: 6,
    steps: 3,
    ...changes,
  };
  const file = join(directory, `${name}.json`);
  await writeFile(file, JSON.stringify(config));
  return file;
}

test("a student is sampled by its own solver on its own steps, without a word", async () => {
  const out = join(directory, "student");
  const config = await configOf("student");
  const made = await json(["distil", config, "--threads", "1", "--out", out]);
  const file = join(out, "student.onnx");
  expect(made).toMatchObject({ kind: "distil", step: 3, steps: 3, file });

  const sampled = (await json(["sample", file, "--count", "4"])) as {
    protocol: { start: { level: { timestep: number } }; levels: { timestep: number }[] };
  };
  expect(sampled).toMatchObject({
    solver: "consistency",
    steps: 2,
    nfe: 2,
    start: { name: "late", level: { timestep: 600 } },
    reason: "Gaussian late start at timestep 600, where the network's own steps begin",
  });

  // The same command finds it finished, and another config does not go on with it.
  const { mtimeMs } = await stat(join(out, "pairs.safetensors"));
  const again = await json(["distil", config, "--threads", "1", "--out", out]);
  expect(again).toMatchObject({ step: 3, file });
  expect((await stat(join(out, "pairs.safetensors"))).mtimeMs).toBe(mtimeMs);
  const longer = await configOf("longer", { steps: 4, name: "student" });
  const refused = await call(["distil", longer, "--threads", "1", "--out", out]);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("state.safetensors is of another config");
});

test("steps that lead to the next are DDIM's, all of them", async () => {
  const out = join(directory, "steps");
  const config = await configOf("steps", { ends: "next", walk: undefined, counts: [2, 1, 1] });
  await json(["distil", config, "--threads", "1", "--out", out]);
  const sampled = await json(["sample", join(out, "student.onnx"), "--count", "2"]);
  expect(sampled).toMatchObject({ solver: "ddim", steps: 3, nfe: 3 });
  const kept = await readFile(join(out, "pairs.safetensors"));
  // 4 trajectories of 3 pairs of points of 64 numbers.
  expect(kept.length).toBeGreaterThan(4 * 3 * 2 * 64 * 4);
});

test.each([
  [{ timesteps: [400, 600] }, "timesteps must be a list of indices, descending"],
  [{ teacherTimesteps: [600, 400] }, "teacherTimesteps must begin as timesteps and have all"],
  [{ walk: [400, 200] }, "walk must begin as timesteps"],
  [{ ends: "next", walk: [600, 200] }, "walk must begin as timesteps"],
  [{ trajectories: 0 }, "trajectories must be a positive integer"],
  [{ trajectory: 3 }, "options must be among"],
])("a config with %j is refused by name, before anything is made", async (changes, said) => {
  const out = join(directory, "refused");
  const file = await configOf("refused", changes);
  const { code, stderr } = await call(["distil", file, "--out", out]);
  expect(code).toBe(2);
  expect(stderr).toContain(said);
  await expect(stat(out)).rejects.toThrow("ENOENT");
});
