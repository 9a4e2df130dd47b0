import { discreteSchedule } from "@symbreak/core";
import { expect, test } from "vitest";
import { mlp } from "../../src/models/mlp.ts";
import { simple } from "../../src/objectives/simple.ts";
import { stepRandom } from "../../src/objectives/step-random.ts";
import { adam } from "../../src/optimiser/adam.ts";
import { labelDropout } from "../../src/step/label-dropout.ts";
import { trainingStep } from "../../src/step/training-step.ts";

const ELEVEN = { labels: 11 };
const COUNT = 20_000;
const labels = Int32Array.from({ length: COUNT }, (_, i) => i % 10);

test("each label is taken away with the probability asked for, and the others stay", () => {
  const rate = 0.15;
  const kept = labelDropout(ELEVEN, rate)(labels, stepRandom(3, 0));
  const taken = kept.filter((label) => label === 10).length;
  expect(Math.abs(taken / COUNT - rate)).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / COUNT));
  expect(kept.every((label, i) => label === 10 || label === labels[i])).toBe(true);
  // Whether one is taken says nothing of the next, nor of its class.
  const pairs = kept.filter((label, i) => label === 10 && kept[i + 1] === 10).length;
  const both = rate ** 2;
  expect(Math.abs(pairs / COUNT - both)).toBeLessThan(5 * Math.sqrt((both * (1 - both)) / COUNT));
});

test("which labels are dropped depends on seed and step alone, and changes nothing else of a step", () => {
  const model = mlp({ size: 2, width: 8, depth: 1, timeFeatures: 4, numClassEmbeds: 11 });
  const objective = simple({ schedule: discreteSchedule({ steps: 20 }) });
  const stepOf = (dropLabels: number) =>
    trainingStep({ model, objective, optimiser: adam(), batch: 40, dropLabels });
  const batch = { data: new Float32Array(80), count: 40, labels: labels.subarray(0, 40) };
  const feedsOf = (dropLabels: number, step: number) =>
    stepOf(dropLabels).prepare(batch, { seed: 1, step }).feeds;
  const { labels: dropped, ...others } = feedsOf(0.5, 7);
  expect(dropped).toEqual(feedsOf(0.5, 7).labels);
  expect(dropped).not.toEqual(feedsOf(0.5, 8).labels);
  const { labels: whole, ...same } = feedsOf(0, 7);
  expect(whole).toEqual(batch.labels);
  expect(others).toEqual(same);
});

test("without dropout every label is a class; with it the last is none, and no sample may have it", () => {
  const all = Int32Array.of(0, 10);
  expect(labelDropout(ELEVEN, 0)(all, stepRandom(1, 0))).toEqual(all);
  expect(() => labelDropout(ELEVEN, 0.1)(all, stepRandom(1, 0))).toThrow(
    "labels must lie below 10, which stands for none, got 10",
  );
});

test("a network without a label to spare is refused, and so is a share that is none", () => {
  expect(() => labelDropout({}, 0.1)).toThrow("one label more, for none");
  expect(() => labelDropout({ labels: Number.POSITIVE_INFINITY }, 0.1)).toThrow("got Infinity");
  expect(() => labelDropout(ELEVEN, 1)).toThrow("dropLabels must lie in [0, 1), got 1");
});
