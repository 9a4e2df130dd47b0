import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kept } from "@symbreak/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { folderStore } from "../src/folder-store.ts";

let root: string;
let folders = 0;
const said: string[] = [];
const open = (folder: string) => folderStore(folder, (text) => said.push(text));
const folder = () => join(root, `${folders++}`);
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "files-"));
});
afterAll(() => rm(root, { recursive: true }));

const protocol = { solver: "ddim", steps: 10, network: "ab12" };

test("what is kept is found by another process's store, by the protocol's content", async () => {
  const at = folder();
  await open(at).set(protocol, { fd: 1 / 3, label: null });
  expect(await open(at).get({ network: "ab12", steps: 10, solver: "ddim" })).toEqual({
    fd: 1 / 3,
    label: null,
  });
  expect(await open(at).get({ ...protocol, steps: 11 })).toBeUndefined();
  expect(await open(folder()).get(protocol)).toBeUndefined();
});

test("damage of any byte is found: the value is made anew, and the file named", async () => {
  const at = folder();
  await open(at).set(protocol, { fd: 0.1 + 0.2 });
  const file = join(at, (await readdir(at))[0]!);
  const good = await readFile(file);
  for (let byte = 0; byte < good.length - 1; byte++) {
    const bad = Buffer.from(good);
    bad[byte]! ^= 1 << (byte % 7);
    await writeFile(file, bad);
    said.length = 0;
    const value = await open(at).get(protocol);
    // Some damage leaves the same value: 0.30000000000000004 has other texts, and no other value passes.
    if (value !== undefined) expect(value).toEqual({ fd: 0.1 + 0.2 });
    else expect(said[0]).toMatch(new RegExp(`^${file} .*; what it held is made anew$`, "s"));
  }
  await writeFile(file, good.subarray(0, 40));
  expect(await kept(open(at), protocol, () => 7)).toBe(7);
  expect(await open(at).get(protocol)).toBe(7);
});

test("a file under another protocol's name is not taken", async () => {
  const at = folder();
  await open(at).set(protocol, 1);
  const [first] = await readdir(at);
  await open(at).set({ ...protocol, steps: 20 }, 2);
  const second = (await readdir(at)).find((name) => name !== first)!;
  await writeFile(join(at, second), await readFile(join(at, first!)));
  expect(await open(at).get({ ...protocol, steps: 20 })).toBeUndefined();
});

test("two writers of the same protocols leave whole files only", async () => {
  const at = folder();
  const steps = Array.from({ length: 30 }, (_, i) => i);
  const writer = async () => {
    const store = open(at);
    for (const step of steps) await store.set({ step }, { step, text: "x".repeat(5000) });
  };
  await Promise.all([writer(), writer(), writer()]);
  said.length = 0;
  for (const step of steps)
    expect(await open(at).get({ step })).toEqual({ step, text: "x".repeat(5000) });
  expect(said).toEqual([]);
  expect(await readdir(at)).toHaveLength(30);
});

test("what JSON cannot hold is refused when it is kept", async () => {
  await expect(open(folder()).set(protocol, { fd: Number.NaN })).rejects.toThrow(
    "fd must be plain",
  );
  await expect(open(folder()).set(protocol, undefined)).rejects.toThrow("the value must be plain");
});
