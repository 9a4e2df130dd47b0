import { constant, interpret, program } from "@symbreak/graph";
import { expect, test } from "vitest";
import type { Classifier } from "../../src/models/classifier.ts";
import { cleanClassifier } from "../../src/models/clean-classifier.ts";
import { noisyClassifier } from "../../src/models/noisy-classifier.ts";
import { leaves, noisyWeights } from "../leaves.ts";

const noisy = noisyClassifier({
  sampleSize: 8,
  inChannels: 1,
  blockOutChannels: [4, 8],
  normNumGroups: 2,
  classes: 3,
});
const clean = cleanClassifier({ sampleSize: 8, inChannels: 1, classes: 3, featureSize: 5 });
const SAMPLE = Float32Array.from({ length: 128 }, (_, i) => Math.sin(3 * i));

function run(model: Classifier, t: number) {
  const p = leaves(model);
  const [x, timestep] = [constant(SAMPLE, [2, 1, 8, 8]), constant([t, t])];
  const [logits, features] = [model.apply(p, x, timestep), model.features(p, x, timestep)];
  const weights = noisyWeights(model);
  const values = interpret(program({ logits, features }), weights);
  const shapes = [logits.shape, features.shape];
  return { shapes, weights, logits: values.logits!, features: values.features! };
}

test.each([
  ["noisy", noisy],
  ["clean", clean],
] as const)("the logits of the %s classifier are one linear layer on its features", (_, model) => {
  const { shapes, weights, logits, features } = run(model, 5);
  const [size] = model.featureShape as [number];
  expect(shapes).toEqual([
    [2, 3],
    [2, size],
  ]);
  for (let row = 0; row < 2; row++) {
    for (let k = 0; k < 3; k++) {
      let sum = weights["logits.bias"]![k]!;
      for (let j = 0; j < size; j++)
        sum += weights["logits.weight"]![k * size + j]! * features[row * size + j]!;
      expect(logits[row * 3 + k]).toBeCloseTo(sum, 10);
    }
  }
  expect(features.some((f) => f !== 0)).toBe(true);
});

test("the noisy classifier looks at the time, the clean one does not", () => {
  expect(run(noisy, 5).logits).not.toEqual(run(noisy, 500).logits);
  expect(run(clean, 5).logits).toEqual(run(clean, 500).logits);
});

test("impossible sizes are named", () => {
  expect(() => cleanClassifier({ sampleSize: 10, inChannels: 1, classes: 3 })).toThrow(
    "multiple of 4",
  );
  expect(() => noisyClassifier({ ...noisy.config, classes: 1 })).toThrow("classes must be");
});
