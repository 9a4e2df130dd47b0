import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadModel, MODEL_NAMES } from "../src/index.ts";

const folder = fileURLToPath(new URL("../models", import.meta.url));
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".onnx"))
  .map((file) => file.replace(".onnx", ""));
const models = await Promise.all(MODEL_NAMES.map(loadModel));
const cards = models.map(({ card }) => card);
const trained = cards.filter((card) => card.kind !== "extractor");

test("the zoo has a card for each file, and no other", () => {
  expect(MODEL_NAMES.toSorted()).toEqual(names.toSorted());
  expect(cards.map(({ name }) => name)).toEqual(MODEL_NAMES);
  expect(names).toContain("mnist-classifier");
});

test.each(models)("the card of $card.name is its JSON, and true of its file", async (model) => {
  const { card } = model;
  const { name } = card;
  expect(JSON.parse(readFileSync(`${folder}/${name}.json`, "utf8"))).toEqual(card);
  const bytes = await model.weights();
  expect(card).toMatchObject({ name, bytes: bytes.length, precision: "float16" });
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(card.sha256);
  expect(bytes.length).toBeLessThan(6e6);
  // Two bytes a weight, and little else.
  expect(bytes.length / card.parameters).toBeGreaterThan(2);
  expect(bytes.length / card.parameters).toBeLessThan(2.2);
});

test.each(cards)("the file of $name is as near to its network as half precision is", (card) => {
  expect(card.error).toBeGreaterThan(0);
  expect(card.error).toBeLessThan(2e-2);
});

test.each(trained)("the card of $name holds together", (card) => {
  const { data, training } = card;
  expect(training.images).toBe(training.steps * training.batch);
  const steps = training.lossCurve.map(([step]) => step);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  expect(steps.at(-1)).toBe(training.steps);
  expect(training.lossCurve.at(-1)![1]).toBeLessThan(training.lossCurve[0]![1]);
  for (const digest of [card.sha256, data.sha256.images, data.sha256.labels])
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(data.classes.length).toBe(10);
  if (card.kind === "denoiser") {
    const { quality } = card;
    expect(quality!.value).toBeGreaterThan(quality!.floor.value);
    for (const { low, value, high } of [quality!, quality!.floor]) {
      expect(low!).toBeLessThan(value);
      expect(high!).toBeGreaterThan(value);
    }
    expect(card.scheduler.num_train_timesteps).toBe(1000);
    expect(card.moments!.count).toBe(data.n);
  } else {
    const { accuracy, n } = card.evaluation!;
    expect(accuracy * n).toBeCloseTo(Math.round(accuracy * n), 6);
  }
  expect(JSON.parse(JSON.stringify(card))).toEqual(card);
});

test.each(cards)("the page of $name says what its card says", (card) => {
  const page = readFileSync(`${folder}/${card.name}.md`, "utf8");
  const { commands } = card.kind === "extractor" ? card.source : card.training;
  for (const said of [card.sha256, ...commands, card.parameters.toLocaleString("en")])
    expect(page).toContain(said);
});

test.each(trained)("$name has its pictures", ({ name }) => {
  for (const picture of [`${name}.png`, `${name}.svg`])
    expect(readFileSync(`${folder}/${picture}`).length).toBeGreaterThan(1000);
});
