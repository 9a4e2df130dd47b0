import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadWeights, zoo } from "../src/index.ts";

const folder = fileURLToPath(new URL("../models", import.meta.url));
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".onnx"))
  .map((file) => file.replace(".onnx", ""));

test("the zoo has a card for each file, and no other", () => {
  expect(Object.keys(zoo).toSorted()).toEqual(names.toSorted());
  expect(names).toContain("mnist-classifier");
});

test.each(Object.entries(zoo))(
  "the card of %s is its JSON, and true of its file",
  async (name, card) => {
    expect(JSON.parse(readFileSync(`${folder}/${name}.json`, "utf8"))).toEqual(card);
    const bytes = await loadWeights(name);
    expect(card).toMatchObject({ name, bytes: bytes.length, precision: "float16" });
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(card.sha256);
    expect(bytes.length).toBeLessThan(6e6);
    // Two bytes a weight, and little else.
    expect(bytes.length / card.parameters).toBeGreaterThan(2);
    expect(bytes.length / card.parameters).toBeLessThan(2.2);
  },
);

test.each(Object.values(zoo))("the card of $name holds together", (card) => {
  const { data, training, evaluation } = card;
  expect(training.images).toBe(training.steps * training.batch);
  const steps = training.lossCurve.map(([step]) => step);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  expect(steps.at(-1)).toBe(training.steps);
  expect(training.lossCurve.at(-1)![1]).toBeLessThan(training.lossCurve[0]![1]);
  expect(card.error).toBeGreaterThan(0);
  expect(card.error).toBeLessThan(2e-2);
  for (const digest of [card.sha256, data.sha256.images, data.sha256.labels])
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(data.classes.length).toBe(10);
  expect(card.kind === "classifier").toBe(evaluation !== undefined);
  expect(card.kind === "denoiser").toBe(card.scheduler !== undefined);
  const { quality } = card;
  expect(card.kind === "denoiser").toBe(quality !== undefined);
  if (quality) {
    expect(quality.value).toBeGreaterThan(quality.floor.value);
    for (const { low, value, high } of [quality, quality.floor]) {
      expect(low!).toBeLessThan(value);
      expect(high!).toBeGreaterThan(value);
    }
  }
  if (evaluation)
    expect(evaluation.accuracy * evaluation.n).toBeCloseTo(
      Math.round(evaluation.accuracy * evaluation.n),
      6,
    );
  expect(JSON.parse(JSON.stringify(card))).toEqual(card);
});

test.each(Object.values(zoo))("the page of $name says what its card says", (card) => {
  const page = readFileSync(`${folder}/${card.name}.md`, "utf8");
  for (const said of [card.sha256, ...card.training.commands, card.parameters.toLocaleString("en")])
    expect(page).toContain(said);
  for (const picture of [`${card.name}.png`, `${card.name}.svg`])
    expect(readFileSync(`${folder}/${picture}`).length).toBeGreaterThan(1000);
});
