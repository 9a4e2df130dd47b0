import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readFolder } from "../../src/formats/folder.ts";
import { jpeg, png } from "../support/encode.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const { path, write } = temporaryFolder();
const at = (name: string): string => join(path, name);
const dot = (value: number): Promise<Uint8Array> => png([value], 1, 1);

test("sub-folders are classes, and classes and files stand in natural order", async () => {
  write("digits/10/a.png", await dot(100));
  write("digits/2/img10.png", await dot(22));
  write("digits/2/img9.PNG", await dot(21));
  write("digits/2/deep/er/img1.jpeg", await jpeg([20, 20, 20], 1, 1));
  write("digits/2/notes.txt", "not an image");
  write("digits/.hidden/x.png", await dot(0));
  const set = await readFolder(at("digits"));
  expect(set.classNames).toEqual(["2", "10"]);
  expect(Array.from(set.labels!)).toEqual([0, 0, 0, 1]);
  expect(Array.from(set.values)).toEqual([20, 21, 22, 100]);
  expect(set).toMatchObject({ name: "digits", split: undefined, count: 4, shape: [1, 1, 1] });
});

test("a flat folder has no labels", async () => {
  write("flat/1.png", await dot(1));
  write("flat/2.png", await dot(2));
  const set = await readFolder(at("flat"));
  expect(set.labels).toBeUndefined();
  expect(set.classNames).toBeUndefined();
  expect(Array.from(set.values)).toEqual([1, 2]);
});

test("a folder of train and test is a folder of splits", async () => {
  write("split/train/a/1.png", await dot(1));
  write("split/test/a/1.png", await dot(2));
  expect(await readFolder(at("split"))).toMatchObject({ split: "train", values: Uint8Array.of(1) });
  const test = await readFolder(at("split"), { split: "test" });
  expect(test).toMatchObject({ name: "split", split: "test", values: Uint8Array.of(2) });
  await expect(readFolder(at("split"), { split: "val" })).rejects.toThrow(
    `${at("split")}: expected a folder of splits, with one named val, found test, train`,
  );
});

test("a class may be called train when others are not splits", async () => {
  write("vehicles/train/1.png", await dot(1));
  write("vehicles/bus/1.png", await dot(2));
  const set = await readFolder(at("vehicles"));
  expect(set.split).toBeUndefined();
  expect(set.classNames).toEqual(["bus", "train"]);
});

test("a selection leaves the other files unread", async () => {
  for (let i = 0; i < 4; i++) write(`select/a/${i}.png`, await dot(i));
  write("select/b/0.png", await dot(50));
  write("select/b/1.png", "not a PNG at all");
  const set = await readFolder(at("select"), { classes: [0, 1], perClass: 1 });
  expect(Array.from(set.values)).toEqual([0, 50]);
  expect(Array.from(set.labels!)).toEqual([0, 1]);
  expect(set.selection).toEqual(["classes 0,1", "first 1 per class"]);
  await expect(readFolder(at("select"))).rejects.toThrow(`${at("select/b/1.png")}, byte 0`);
});

test("a class folder may be a link", async () => {
  write("elsewhere/1.png", await dot(9));
  write("linked/a/1.png", await dot(8));
  symlinkSync(at("elsewhere"), at("linked/b"));
  expect(Array.from((await readFolder(at("linked"))).values)).toEqual([8, 9]);
});

test("resize is told in the selection", async () => {
  write("sizes/1.png", await png([1, 2], 2, 1));
  write("sizes/2.png", await png([1, 2], 1, 1));
  await expect(readFolder(at("sizes"))).rejects.toThrow("Give resize");
  const set = await readFolder(at("sizes"), { resize: 2 });
  expect(set).toMatchObject({ shape: [1, 2, 2], selection: ["resize 2"] });
});

test("no images, images beside classes, and no folder are errors", async () => {
  write("empty/readme.txt", "");
  await expect(readFolder(at("empty"))).rejects.toThrow("expected PNG or JPEG files, found none");
  write("mixed/1.png", await dot(1));
  write("mixed/a/1.png", await dot(1));
  await expect(readFolder(at("mixed"))).rejects.toThrow("found both (1.png and a/)");
  await expect(readFolder(at("nowhere"))).rejects.toThrow(
    "expected a folder of images, found ENOENT",
  );
});
