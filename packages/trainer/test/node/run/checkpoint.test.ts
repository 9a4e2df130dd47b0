import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256 } from "@symbreak/files";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readSafetensors, writeSafetensors } from "../../../src/formats/safetensors.ts";
import {
  readCheckpoint,
  restoreCheckpoint,
  writeCheckpoint,
} from "../../../src/node/run/checkpoint.ts";
import { claimDirectory } from "../../../src/node/run/claim-directory.ts";
import { readRunDirectory } from "../../../src/node/run/read-run-directory.ts";
import { partsOf } from "../../../src/run/from-config.ts";
import { tinyConfig } from "../../run/tiny-config.ts";

const config = tinyConfig();
const parts = partsOf(config);
const STATE = "training/state.safetensors";
const WEIGHTS = "unet/diffusion_pytorch_model.safetensors";

let root: string;
let directory: string;
let runs = 0;
const said: string[] = [];
const at = (path: string) => join(directory, path);
const read = () => readCheckpoint(directory, parts, (text) => said.push(text));
const restore = async () =>
  restoreCheckpoint(directory, parts, (await read())!, (text) => said.push(text));
const write = (step: number) => writeCheckpoint(directory, parts, checkpoint(step));
const checkpoint = (step: number) => {
  const state = parts.step.initialState(step);
  const ema = state.parameters!.map((value) => value / 2);
  return { step, state: { ...state, ema }, memory: [step, 0.5], engine: "none", config };
};
const bytesOf = async (): Promise<Record<string, string>> => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((e) => join(e.parentPath, e.name));
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, sha256(await readFile(file))] as const)),
  );
};
const flip = async (path: string, byte: number, bit = 1) => {
  const bytes = await readFile(at(path));
  bytes[byte]! ^= bit;
  // Not in place: the checkpoint before may share the file.
  await rm(at(path));
  await writeFile(at(path), bytes);
};

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "checkpoint-"));
});
afterAll(() => rm(root, { recursive: true }));
beforeEach(async () => {
  directory = join(root, `${runs++}`);
  said.length = 0;
  await claimDirectory(directory, config);
});

test("a checkpoint is read as it was written, with the run that it is of", async () => {
  expect(await read()).toBeUndefined();
  await write(2);
  await write(4);
  expect(await read()).toEqual(checkpoint(4));
  expect(said).toEqual([]);
  const digests = JSON.parse(await readFile(at("digests.json"), "utf8"));
  for (const [path, digest] of Object.entries(digests))
    expect([path, sha256(await readFile(at(path)))]).toEqual([path, digest]);
  expect(Object.keys(digests)).toEqual(expect.arrayContaining([STATE, WEIGHTS]));
});

test("damage of any byte of the state is found, and the run goes on from the checkpoint before", async () => {
  await write(2);
  await write(4);
  const good = await readFile(at(STATE));
  const step = Math.ceil(good.length / 40);
  for (let byte = 0; byte < good.length; byte += byte < 300 ? 7 : step) {
    await flip(STATE, byte, 1 << (byte % 8));
    said.length = 0;
    expect(await read()).toEqual(checkpoint(2));
    expect(said).toEqual([
      `${at(STATE)} differs from its digest: it is damaged or was changed`,
      `goes on from ${at(`before/${STATE}`)}, which is whole`,
    ]);
    await writeFile(at(STATE), good);
  }
  await writeFile(at(STATE), good.subarray(0, 1000));
  expect((await read())!.step).toBe(2);
  await rm(at(STATE));
  expect((await read())!.step).toBe(2);
  await restore();
  expect((await readFile(at(STATE))).equals(await readFile(at(`before/${STATE}`)))).toBe(true);
  expect((await readRunDirectory(directory)).config).toEqual(config);
});

test("damaged digests are named, and cost one checkpoint at most", async () => {
  await write(2);
  await write(4);
  const length = (await stat(at("digests.json"))).size;
  const good = await readFile(at("digests.json"));
  for (let byte = 0; byte < length; byte += 11) {
    await flip("digests.json", byte);
    const { step } = (await read())!;
    expect([2, 4]).toContain(step);
    if (step === 2) expect(said.join()).toMatch(/digests.json|differs from its digest/);
    await writeFile(at("digests.json"), good);
  }
  await writeFile(at("digests.json"), "{");
  expect((await read())!.step).toBe(2);
  expect(said).toContainEqual(expect.stringContaining(`${at("digests.json")} cannot be read`));
  await restore();
  said.length = 0;
  expect((await read())!.step).toBe(2);
  expect(said).toEqual([]);
});

test("without a whole state a run never begins anew: an error with the ways out", async () => {
  await write(2);
  await rm(at(STATE));
  const missing = `${directory} holds trained weights, but no whole state to go on from: ${at(STATE)} is missing`;
  await expect(read()).rejects.toThrow(missing);
  await expect(read()).rejects.toThrow("Put the file back, take another directory, or remove");
  await write(2);
  await write(4);
  await flip(STATE, 500);
  await flip(`before/${STATE}`, 500);
  await expect(read()).rejects.toThrow(`${at(STATE)} differs from its digest`);
  await expect(read()).rejects.toThrow(`${at(`before/${STATE}`)} differs from its digest`);
});

test("damaged weights are refused where they are read, and made anew when the run goes on", async () => {
  await write(2);
  await write(4);
  const whole = await bytesOf();
  for (const path of [WEIGHTS, "unet/config.json", "scheduler/scheduler_config.json"]) {
    await flip(path, 60);
    await expect(readRunDirectory(directory)).rejects.toThrow(
      `${at(path)} differs from its digest in digests.json`,
    );
    said.length = 0;
    await restore();
    expect(said).toEqual([`${at(path)} was damaged or changed: made anew from the state`]);
    expect(await bytesOf()).toEqual(whole);
  }
});

test("a checkpoint whose writing ended anywhere is the one before or the last", async () => {
  await write(2);
  await write(4);
  const folder = join(root, "order");
  const order = ["before", "digests.json", STATE, "unet", "done"];
  // The files that writing step 6 replaces, in its order; the first k of them are there.
  for (let k = 0; k < order.length; k++) {
    directory = join(folder, `${k}`);
    await claimDirectory(directory, config);
    await write(2);
    await write(4);
    const old = await bytesOf();
    const saved = await Promise.all(Object.keys(old).map((file) => readFile(file)));
    await write(6);
    const isNew = (file: string) => {
      const path = file.slice(directory.length + 1);
      const place = order.findIndex((name) => path.startsWith(name));
      return place < 0 ? k === order.length - 1 : place < k;
    };
    for (const [i, file] of Object.keys(old).entries())
      if (!isNew(file)) {
        await rm(file);
        await writeFile(file, saved[i]!);
      }
    said.length = 0;
    const found = (await read())!;
    expect(found).toEqual(checkpoint(k >= 3 ? 6 : 4));
    expect(said).toEqual([]);
    await restore();
    expect(said).toEqual([]);
    const { weights } = await readRunDirectory(directory);
    const packed = Object.keys(parts.step.layout).flatMap((name) => [...weights[name]!]);
    expect(Float32Array.from(packed)).toEqual(found.state.ema);
  }
});

test("a checkpoint of a version without digests is taken over, with a word", async () => {
  await write(2);
  await rm(at("digests.json"));
  expect((await read())!.step).toBe(2);
  expect(said).toEqual([`${at(STATE)} is of an older version, without a digest: taken as it is`]);
  await restore();
  said.length = 0;
  expect((await read())!.step).toBe(2);
  expect(said).toEqual([]);
});

test("an unchecked state without a step, or with a broken one, is an error and never step NaN", async () => {
  await write(2);
  await rm(at("digests.json"));
  const { tensors, metadata } = readSafetensors(await readFile(at(STATE)));
  for (const step of [undefined, "", "NaN", "-1", "1e3", "9".repeat(20)]) {
    const { step: _, ...rest } = metadata;
    const notes = step === undefined ? rest : { ...rest, step };
    await writeFile(at(STATE), writeSafetensors(tensors, notes));
    await expect(read()).rejects.toThrow(`${at(STATE)} must say how many steps it has behind it`);
  }
  await writeFile(at(STATE), writeSafetensors(tensors, { ...metadata, memory: "[1," }));
  await expect(read()).rejects.toThrow(`${at(STATE)} (memory) cannot be read as JSON`);
  await writeFile(at(STATE), "short");
  await expect(read()).rejects.toThrow(`${at(STATE)} cannot be read: readSafetensors`);
});
