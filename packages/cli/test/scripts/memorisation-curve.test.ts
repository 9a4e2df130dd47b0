import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call } from "../support/call.ts";

const SCRIPT = fileURLToPath(new URL("../../scripts/memorisation-curve.ts", import.meta.url));
const run = promisify(execFile);
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "few-"));
});
afterAll(() => rm(directory, { recursive: true }));

test("exports of one run at two steps make a curve with both times, chance and distance", async () => {
  const config = join(directory, "few.json");
  const files = [];
  for (const steps of [1, 2]) {
    const few = {
      ...{ name: "few", batch: 2, steps, samples: { count: 0 } },
      data: { dataset: "mnist", limit: 20, resize: 8 },
      model: { className: "SmallUNet", sampleSize: 8, inChannels: 1, blockOutChannels: [8, 8] },
    };
    await writeFile(config, JSON.stringify(few));
    const out = join(directory, "run");
    files.push(join(out, `at-${steps}.onnx`));
    const trained = await call(["train", config, "--out", out, "--threads", "1"]);
    expect(trained.stderr.includes("Error") ? trained.stderr : trained.code).toBe(0);
    expect((await call(["export", out, "--onnx", files.at(-1)!])).code).toBe(0);
  }
  const args = [
    "--conditions=source",
    SCRIPT,
    ...files,
    "--samples",
    "80",
    "--steps",
    "2",
    "--json",
  ];
  const { stdout } = await run(process.execPath, args);
  const found = JSON.parse(stdout);
  expect(found).toMatchObject({ training: 20, samples: 80, distance: "pca64", ratio: 1 / 3 });
  expect(found.curve.map(({ step }: { step: number }) => step)).toEqual([1, 2]);
  expect([1, 2]).toContain(found.tauGen);
  for (const { distance } of found.curve) expect(distance).toBeGreaterThan(0);
}, 240_000);
