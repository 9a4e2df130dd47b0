import { expect, test } from "vitest";
import { evaluateClassifier } from "../../src/network/evaluate-classifier.ts";
import type { LoadedClassifier } from "../../src/network/load-classifier.ts";
import { tinySet } from "../support/tiny-set.ts";

/** Tells the two gray levels of the tiny set apart by their mean, or gives both classes the same logit. */
function classifier(sharpness: number): LoadedClassifier {
  return {
    name: "mean",
    digest: "0".repeat(64),
    classes: ["dark", "light"],
    shape: [1, 4, 4],
    scale: "symmetric",
    featureSize: 0,
    runtime: "none",
    async classify(values, count) {
      const logits = new Float32Array(2 * count);
      for (let i = 0; i < count; i++) {
        const image = Float32Array.from(values.subarray(16 * i, 16 * (i + 1)));
        logits[2 * i + 1] = sharpness * Math.sign(image.reduce((a, b) => a + b));
      }
      return { logits, features: new Float32Array(0) };
    },
  };
}

const set = tinySet(4100);

test("the fraction named right and the cross-entropy are those of the logits, over all batches", async () => {
  const swapped = { ...set, labels: set.labels!.map((label, i) => (i < 1025 ? 1 - label : label)) };
  const found = await evaluateClassifier(classifier(2), swapped);
  expect(found).toMatchObject({ n: 4100, scale: "symmetric", accuracy: 0.75, runtime: "none" });
  // Logits 0 and ±2: ln(1 + e⁻²) where right, 2 more where wrong.
  expect(found.loss).toBeCloseTo(Math.log1p(Math.exp(-2)) + 0.25 * 2, 6);
  expect(found.data).toBe("tiny: 4100 × 1×4×4");
});

test("a draw is not right, and large logits do no harm", async () => {
  const { accuracy, loss } = await evaluateClassifier(classifier(0), set);
  expect(accuracy).toBe(0);
  expect(loss).toBeCloseTo(Math.LN2, 12);
  const sure = await evaluateClassifier(classifier(1e4), set);
  expect(sure).toMatchObject({ accuracy: 1, loss: 0 });
});

test("a set without labels is an error that names it", async () => {
  const bare = { ...set, labels: undefined };
  await expect(evaluateClassifier(classifier(1), bare)).rejects.toThrow(
    "tiny: 4100 × 1×4×4: it has no labels",
  );
});
