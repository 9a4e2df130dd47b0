import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readJson, readJsonIfThere } from "../src/read-json.ts";

let root: string;
const at = (name: string) => join(root, name);
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "files-"));
});
afterAll(() => rm(root, { recursive: true }));

test("a value is read, and a broken file is named", async () => {
  await writeFile(at("good.json"), '{ "step": 3 }\n');
  await writeFile(at("cut.json"), '{ "step"');
  await writeFile(at("empty.json"), "");
  expect(await readJson(at("good.json"))).toEqual({ step: 3 });
  for (const name of ["cut.json", "empty.json"])
    await expect(readJson(at(name))).rejects.toThrow(`${at(name)} cannot be read as JSON: `);
});

test("only a file that is not there counts as absent", async () => {
  expect(await readJsonIfThere(at("none.json"))).toBeUndefined();
  await expect(readJson(at("none.json"))).rejects.toThrow(`${at("none.json")} cannot be read: `);
  await expect(readJsonIfThere(root)).rejects.toThrow("it is not a regular file");
  await expect(readJsonIfThere(at("cut.json"))).rejects.toThrow("cannot be read as JSON");
});

test("long files, pipes and devices are refused unread", async () => {
  await expect(readJson(at("good.json"), 5)).rejects.toThrow("it has 14 bytes, more than the 5");
  await expect(readJson("/dev/zero")).rejects.toThrow("it is not a regular file");
  execFileSync("mkfifo", [at("pipe.json")]);
  await expect(readJson(at("pipe.json"))).rejects.toThrow("it is not a regular file");
});
