import { withUnits } from "@symbreak/core";
import { listDatasets, loadDataset, select } from "@symbreak/datasets";
import { loadModel, MODEL_NAMES } from "@symbreak/zoo";
import { expect, test } from "vitest";
import { evaluateClassifier } from "../../src/network/evaluate-classifier.ts";
import { loadClassifier } from "../../src/network/load-classifier.ts";

/** Test images; of so many a share named right scatters by its binomial standard error. */
const COUNT = 1000;

const here = new Map(listDatasets().map(({ name, found }) => [`${name}`, found !== null]));
const cards = await Promise.all(MODEL_NAMES.map(async (name) => (await loadModel(name)).card));
const classifiers = cards.filter((card) => card.kind === "classifier");

for (const { name, data, units, evaluation } of classifiers) {
  const absent = here.get(data.dataset) !== true;
  const note = absent ? ` (skipped: ${data.dataset} is not on this machine)` : "";
  test.skipIf(absent)(`${name} is as good as its card says${note}`, async () => {
    const classifier = await loadClassifier(`zoo:${name}`);
    expect(classifier).toMatchObject({ name, classes: data.classes, scale: units });
    const set = select(await loadDataset(data.dataset, { split: "test" }), { limit: COUNT });
    const found = await evaluateClassifier(classifier, withUnits(set, classifier.scale));
    const { accuracy, n } = evaluation!;
    expect(n).toBe(10_000);
    const deviation = Math.sqrt((accuracy * (1 - accuracy)) / COUNT);
    expect(Math.abs(found.accuracy - accuracy)).toBeLessThan(4 * deviation);
  });
}

test("a model that the zoo has not is an error that lists those it has", async () => {
  await expect(loadClassifier("zoo:imagenet")).rejects.toThrow(/mnist-classifier.*got "imagenet"/);
});
