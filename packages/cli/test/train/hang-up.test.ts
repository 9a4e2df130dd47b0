import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { access, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { npyBytes } from "@symbreak/datasets";
import { afterAll, beforeAll, expect, test } from "vitest";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "hang-up-"));
  const images = Uint8Array.from({ length: 16 * 64 }, (_, i) => (i * 37) % 256);
  await writeFile(join(root, "images.npy"), npyBytes(images, [16, 8, 8]));
  const config = {
    name: "t",
    data: { dataset: join(root, "images.npy") },
    model: { className: "SmallUNet", sampleSize: 8, inChannels: 1, blockOutChannels: [8, 8] },
    batch: 4,
    steps: 1_000_000,
    every: { log: 1 },
    samples: { count: 0 },
  };
  await writeFile(join(root, "config.json"), JSON.stringify(config));
});
afterAll(() => rm(root, { recursive: true }));

const train = (directory: string): ChildProcess =>
  spawn(process.execPath, [
    "--conditions=source",
    fileURLToPath(new URL("../../src/bin.ts", import.meta.url)),
    ...["train", join(root, "config.json"), "--engine", "tfjs-cpu", "--out", directory],
  ]);

const saved = (directory: string) => access(join(directory, "training/state.safetensors"));

test("a reader that is gone after a line (| head -1) ends the run, which saves", async () => {
  const directory = join(root, "pipe");
  const child = train(directory);
  await once(child.stderr!, "data");
  child.stdout!.destroy();
  child.stderr!.destroy();
  const [code] = await once(child, "exit");
  expect(code).toBe(1);
  await saved(directory);
}, 60_000);

test("a terminal that closes ends the run, which saves and says how to go on", async () => {
  const directory = join(root, "terminal");
  const child = train(directory);
  let [text, closed] = ["", false];
  child.stderr!.on("data", (data) => {
    text += data;
    if (!closed && text.includes("step 3/")) closed = child.kill("SIGHUP");
  });
  const [code] = await once(child, "close");
  expect(code).toBe(1);
  expect(text).toMatch(/stopped after step \d+ of 1000000, saved in .*; go on with: ssb train/);
  await saved(directory);
  expect(JSON.parse(await readFile(join(directory, "digests.json"), "utf8"))).toBeTypeOf("object");
}, 60_000);

test.each([[[]], [["--json"]]])(
  "results are written though nobody reads what is printed (| true): %j",
  async (words) => {
    const out = join(root, `nobody${words.length}`);
    const child = spawn(process.execPath, [
      "--conditions=source",
      fileURLToPath(new URL("../../src/bin.ts", import.meta.url)),
      ...["analyze", join(root, "images.npy"), "--out", out, ...words],
    ]);
    child.stdout.destroy();
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
    const names = (await readdir(out)).toSorted();
    expect(names).toEqual(expect.arrayContaining(["report.html", "result.json"]));
    expect(names.join()).not.toContain("partial");
  },
  60_000,
);
