import { type Data, inUnits, withUnits } from "@symbreak/core";
import { loadDataset, pad, select } from "@symbreak/datasets";
import { beforeAll, expect, test } from "vitest";
import { NEAREST, openJudge } from "../../src/clone/judge.ts";
import { tinySet } from "../support/tiny-set.ts";

const chosen = { classes: [1, 8], perClass: 100, pad: 32 };
let digits: Data;
let unseen: Data;
beforeAll(async () => {
  digits = await loadDataset("mnist", chosen);
  unseen = await loadDataset("mnist", { ...chosen, split: "test" });
});

test("a classifier of 28 × 28 in [−1, 1] judges 32 × 32 in [0, 1], among ones and eights", async () => {
  const seen = withUnits(digits, "unit");
  const judge = await openJudge("zoo:mnist-classifier", seen, withUnits(unseen, seen.units));
  expect(judge.classes.map(({ label }) => label)).toEqual([1, 8]);
  expect(judge.tested!.accuracy).toBeGreaterThan(0.99);
  expect(judge.tested!.on).toContain("test");
  const values = inUnits(seen);
  const found = (await judge.classify(values, digits.count)) as { labels: ArrayLike<number> };
  const right = Array.from(found.labels).filter((label, i) => label === digits.labels![i]).length;
  expect(right / digits.count).toBeGreaterThan(0.985);
});

test("the nearest image judges without a network", async () => {
  const seen = withUnits(digits, "symmetric");
  const judge = await openJudge(NEAREST, seen, withUnits(unseen, seen.units));
  expect(judge.name).toBe("class of the nearest of 200 images");
  expect(judge.tested!.accuracy).toBeGreaterThan(0.95);
});

test("data without labels, of one class, or of classes that the network does not know are errors", async () => {
  const seen = withUnits(digits, "unit");
  const unlabelled = { ...seen, labels: undefined };
  await expect(openJudge(NEAREST, unlabelled, undefined)).rejects.toThrow("has no labels");
  const ones = select(seen, { classes: [1] });
  await expect(openJudge(NEAREST, ones, undefined)).rejects.toThrow("has one class");
  const strange = { ...pad(tinySet(4), 28), labels: Uint8Array.of(3, 40, 3, 40) };
  await expect(
    openJudge("zoo:mnist-classifier", withUnits(strange, "unit"), undefined),
  ).rejects.toThrow("knows 10 classes, not class 40");
});

test("without labelled test images the accuracy is unknown", async () => {
  const tiny = withUnits(tinySet(20), "unit");
  const judge = await openJudge(NEAREST, tiny, undefined);
  expect(judge.tested).toBeNull();
  const values = inUnits(tiny);
  expect(await judge.classify(values, 20)).toEqual({ labels: [...tiny.labels!] });
});
