import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fillFolder } from "../../src/fetch/fill-folder.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const { path, write } = temporaryFolder();

test("the folder appears with all its files when they are there", async () => {
  const target = join(path, "new", "set");
  await fillFolder(target, async (folder) => {
    writeFileSync(join(folder, "a"), "1");
    expect(existsSync(target)).toBe(false);
  });
  expect(readFileSync(join(target, "a"), "utf8")).toBe("1");
  expect(readdirSync(join(path, "new"))).toEqual(["set"]);
});

test("a failure leaves nothing behind", async () => {
  const target = join(path, "failed", "set");
  const fill = async (folder: string): Promise<void> => {
    writeFileSync(join(folder, "half"), "1");
    throw new Error("no network");
  };
  await expect(fillFolder(target, fill)).rejects.toThrow("no network");
  expect(readdirSync(join(path, "failed"))).toEqual([]);
});

test("somebody's folder of that name is left alone", async () => {
  write("taken/set/precious", "data");
  const target = join(path, "taken", "set");
  const fill = async (folder: string): Promise<void> => writeFileSync(join(folder, "a"), "1");
  await expect(fillFolder(target, fill)).rejects.toThrow(
    `${target}: expected no such folder yet, found something else under this name`,
  );
  expect(readdirSync(target)).toEqual(["precious"]);
});

test("what a killed process left an hour ago goes, what another is filling now stays", async () => {
  const parent = join(path, "swept");
  for (const name of ["set.partial-old", "set.partial-now", "other.partial-old"]) {
    mkdirSync(join(parent, name), { recursive: true });
  }
  const hours = Date.now() / 1000 - 7200;
  for (const name of ["set.partial-old", "other.partial-old"])
    utimesSync(join(parent, name), hours, hours);
  await fillFolder(join(parent, "set"), async () => {});
  expect(readdirSync(parent).sort()).toEqual(["other.partial-old", "set", "set.partial-now"]);
});
