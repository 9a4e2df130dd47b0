import { discreteSchedule, levelAt } from "@symbreak/core";
import { constant, interpret, program } from "@symbreak/graph";
import { expect, test } from "vitest";
import { classification, stepRandom } from "../../src/index.ts";

const data = Float32Array.of(1, 2, 3, 4);
const labels = Int32Array.of(2, 0);

test("the loss is the cross-entropy of the logits", () => {
  const logits = [0.1, 1, -2, 3, 0.5, 0.2];
  const { perSample } = classification().loss(
    () => constant(logits, [2, 3]),
    {
      x: constant(data, [2, 2]),
      timestep: constant([0, 0]),
      labels: constant(labels, [2], "int32"),
    },
    {},
  );
  const found = interpret(program({ perSample }), {}).perSample!;
  const entropy = (row: number[], label: number): number =>
    Math.log(row.reduce((sum, l) => sum + Math.exp(l), 0)) - row[label]!;
  expect(found[0]).toBeCloseTo(entropy(logits.slice(0, 3), 2), 12);
  expect(found[1]).toBeCloseTo(entropy(logits.slice(3), 0), 12);
});

test("samples are clean without a schedule, and noised to the time they are told with one", () => {
  const clean = classification().prepare({ data, labels, count: 2 }, stepRandom(1, 0));
  expect(clean.feeds.x).toEqual(data);
  const schedule = discreteSchedule();
  const silent = { ...stepRandom(1, 0), normal: (out: Float32Array) => void out.fill(0) };
  const { feeds } = classification({ schedule }).prepare({ data, labels, count: 2 }, silent);
  feeds.timestep!.forEach((t, i) => {
    const { alpha } = levelAt(schedule, t);
    expect(feeds.x![2 * i]).toBeCloseTo(alpha * data[2 * i]!, 6);
    expect(Math.floor(t / 500)).toBe(i);
  });
  expect(feeds.labels).toEqual(labels);
});

test("a batch without labels is refused", () => {
  const prepare = () => classification().prepare({ data, count: 2 }, stepRandom(1, 0));
  expect(prepare).toThrow("classification: the batch must have 2 labels, got undefined");
});
