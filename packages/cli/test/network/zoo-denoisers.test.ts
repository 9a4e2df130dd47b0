import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { processOf } from "@symbreak/core";
import { listDatasets } from "@symbreak/datasets";
import { fromSchedulerConfig } from "@symbreak/networks";
import { openNetwork } from "@symbreak/networks/node";
import { ddim, sample } from "@symbreak/samplers";
import { loadModel, MODEL_NAMES } from "@symbreak/zoo";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadClassifier } from "../../src/network/load-classifier.ts";
import { json } from "../support/call.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "denoisers-"));
});
afterAll(() => rm(directory, { recursive: true }));

const here = new Map(listDatasets().map(({ name, found }) => [`${name}`, found !== null]));
const cards = await Promise.all(MODEL_NAMES.map(async (name) => (await loadModel(name)).card));
const denoisers = cards.filter((card) => card.kind === "denoiser");

for (const { name, data, shape, units } of denoisers) {
  const absent = here.get(data.dataset) !== true;
  const note = absent ? ` (skipped: ${data.dataset} is not on this machine)` : "";
  test.skipIf(absent)(
    `zoo:${name} is sampled, with the data it was trained on${note}`,
    async () => {
      const out = join(directory, name);
      const options = ["--steps", "2", "--count", "2", "--start", "noise", "--out", out];
      const result = await json(["sample", `zoo:${name}`, ...options]);
      expect(result).toMatchObject({ scale: units, nfe: 2 });
      const described = [`${data.dataset} ${data.split}`, ...data.selection].join(", ");
      expect(result.data).toBe(`${described}: ${data.n} × ${shape.join("×")}`);
    },
  );
}

test.each(denoisers)("the process of $name is its scheduler's", ({ process, scheduler }) => {
  const wanted = fromSchedulerConfig(scheduler).process;
  expect(process).toEqual(wanted.spec);
  const found = processOf(process);
  for (const index of [0, 17, 500, 999]) expect(found.level(index)).toEqual(wanted.level(index));
});

const classified = denoisers.filter(({ name }) =>
  cards.some((card) => card.name === `${name}-classifier`),
);

test.each(classified)(
  "the classifier gives samples of zoo:$name one class each, of ten, and most classes come",
  async ({ name, units }) => {
    const count = 24;
    const network = await openNetwork(`zoo:${name}`);
    const { samples } = await sample({ network, solver: ddim(), steps: 10, count });
    const { classify, classes, scale } = await loadClassifier(`zoo:${name}-classifier`);
    expect(scale).toBe(units);
    const { logits } = await classify(samples, count);
    const tops = Array.from({ length: count }, (_, i) => {
      const row = logits.subarray(i * classes.length, (i + 1) * classes.length);
      const top = Math.max(...row);
      const probability = 1 / row.reduce((sum, logit) => sum + Math.exp(logit - top), 0);
      return { probability, label: row.indexOf(top) };
    });
    // Even unsure of some (the classes of clothes overlap), it prefers one to all others together.
    const mean = tops.reduce((sum, { probability }) => sum + probability, 0) / count;
    expect(mean).toBeGreaterThan(0.7);
    expect(new Set(tops.map(({ label }) => label)).size).toBeGreaterThan(classes.length / 2);
  },
);
