import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Progress, secondsLeft } from "@symbreak/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { smallDisk } from "../../../../files/test/support/small-disk.ts";
import type { Engine } from "../../../src/engines/engine.ts";
import { selectEngine } from "../../../src/engines/select.ts";
import { nodeEngines } from "../../../src/node/engines/candidates.ts";
import { runTraining } from "../../../src/node/run/run-training.ts";
import type { TrainConfig } from "../../../src/run/config.ts";
import { partsOf } from "../../../src/run/from-config.ts";
import { tinyConfig, tinyData } from "../../run/tiny-config.ts";

let root: string;
let engine: Engine;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "run-directory-"));
  engine = await selectEngine(nodeEngines, { engine: "tfjs-cpu" });
});
afterAll(async () => {
  await engine.dispose();
  await rm(root, { recursive: true });
});

/** Runs as many steps as a sitting has, and says how far each was. */
async function run(
  name: string,
  changes: Partial<TrainConfig> = {},
  { sitting = Number.POSITIVE_INFINITY, onStart = async () => {} } = {},
): Promise<{ progress: Progress[]; said: string[] }> {
  const config = tinyConfig(changes);
  const [progress, said]: [Progress[], string[]] = [[], []];
  let starting: Promise<void> = Promise.resolve();
  await runTraining({
    config,
    parts: partsOf(config),
    data: tinyData(),
    directory: join(root, name),
    engine,
    say: (text) => said.push(text),
    onStart: () => {
      starting = onStart();
    },
    onStep: (_, at) => progress.push(at),
    stopped: () => progress.length >= sitting,
  });
  await starting;
  return { progress, said };
}

test("a second run in a directory is refused, and the first goes on", async () => {
  const onStart = () =>
    expect(run("twice")).rejects.toThrow(
      `${join(root, "twice")} is in use by process ${process.pid} of this machine`,
    );
  expect((await run("twice", {}, { onStart })).progress).toHaveLength(6);
  expect(await readdir(join(root, "twice"))).not.toContain(".lock");
});

test("what killed processes left half written is swept when the run goes on", async () => {
  await run("swept", {}, { sitting: 2 });
  const leftovers = [
    "log.jsonl.partial-1-00000000",
    "training/state.safetensors.partial-1-0123cdef",
  ];
  for (const name of leftovers) await writeFile(join(root, "swept", name), "half");
  await run("swept");
  const names = (await readdir(join(root, "swept"), { recursive: true })).join(" ");
  expect(names).not.toContain("partial");
});

test("a full disk is named, and costs no checkpoint: with room again the run ends as one in peace", async (context) => {
  const disk = smallDisk(join(root, "disk"), 256);
  if (disk === undefined) return context.skip("no file system can be mounted here");
  try {
    await run("disk/run", {}, { sitting: 2 });
    disk.fill();
    await expect(run("disk/run")).rejects.toThrow(
      new RegExp(`${join(root, "disk/run")}.* cannot be written.*ENOSPC`),
    );
    await rm(join(root, "disk/filler"));
    await run("disk/run");
    await run("peace");
    for (const file of ["training/state.safetensors", "unet/diffusion_pytorch_model.safetensors"])
      expect(await readFile(join(root, "disk/run", file))).toEqual(
        await readFile(join(root, "peace", file)),
      );
    const names = (await readdir(join(root, "disk/run"), { recursive: true })).join(" ");
    expect(names).not.toMatch(/partial|\.lock/);
  } finally {
    disk.unmount();
  }
});

test("a config that was changed since its checkpoint is refused by its keys, even a digit of its own file", async () => {
  await run("changed", {}, { sitting: 2 });
  const file = join(root, "changed", "config.json");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace('"rate": 0.001', '"rate": 0.003'));
  const other = { optimiser: { rate: 3e-3, warmUp: 2, average: 0.9 } };
  await expect(run("changed", other)).rejects.toThrow(
    `${file} must say what its checkpoint was trained by`,
  );
  await expect(run("changed", other)).rejects.toThrow("differing: [optimiser.rate]");
  await writeFile(file, text.slice(0, 100));
  await expect(run("changed")).rejects.toThrow(`${file} cannot be read as JSON`);
});

test("the time left is known from the first step of the next sitting on", async () => {
  const steps = { steps: 12 };
  const first = await run("left", steps, { sitting: 5 });
  const second = await run("left", steps);
  const [last, next] = [first.progress.at(-1)!, second.progress[0]!];
  expect([last.done, next.done, next.total]).toEqual([6, 7, 12]);
  // What is remembered of the first sitting, within what the log rounds off by noting means.
  expect(next.recent.units).toBeGreaterThan(1.5);
  expect(secondsLeft(second.progress.at(-1)!)).toBe(0);
});
