import { discreteSchedule } from "@symbreak/core";
import { interpret, type Program } from "@symbreak/graph";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  adam,
  type Engine,
  learnedMonotone,
  mlp,
  type Objective,
  type StepOptions,
  simple,
  smallUnet,
  type TrainingStep,
  trainingStep,
  unpackWeights,
  variationalBound,
  variationalDiffusion,
} from "../../src/index.ts";
import { onnxruntimeNode } from "../../src/node/engines/onnxruntime-node.ts";
import { expectClose } from "../support/close.ts";
import { interpreted } from "../support/interpreted.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await onnxruntimeNode.open({ threads: 2, workers: 2, blocked: false });
});
afterAll(() => engine.dispose());

const schedule = discreteSchedule({ steps: 20 });
const batch = { data: Float32Array.from({ length: 8 }, (_, i) => Math.sin(i)), count: 4 };
const optimiser = adam({ rate: 0.01, average: 0.9, clip: 0.5, weightDecay: 0.1 });
const stepOf = (objective: Objective, options: Partial<StepOptions> = {}): TrainingStep => {
  const outSize = objective.name.includes("learned variance") ? 4 : 2;
  const model = mlp({ size: 2, outSize, width: 8, depth: 1, timeFeatures: 4 });
  return trainingStep({ model, objective, optimiser, batch: 4, ...options });
};
const once = (program: Program, values: Readonly<Record<string, ArrayLike<number>>>) =>
  interpret(program, values);

describe.each([
  simple({ schedule }),
  variationalBound({ schedule }),
  variationalDiffusion({ data: "real", schedule: learnedMonotone({ min: -5, max: 3, units: 4 }) }),
])("$name", (objective) => {
  test("a step on two workers is the step in double precision", async () => {
    const step = stepOf(objective);
    const start = step.initialState(3);
    const feeds = [0, 1, 2].map((k) => step.prepare(batch, { seed: 5, step: k }).feeds);
    const wanted = interpreted(step.program, step.state, start, feeds);
    const compiled = await engine.compile(step.program, step);
    expect(compiled.description).toContain("2 workers");
    await compiled.load(start);
    for (const [i, fed] of feeds.entries())
      expectClose(await compiled.run(fed), wanted.outputs[i]!, 1e-4);
    // Adam divides by the gradient's size, so that its last digits show where it is small.
    expectClose(await compiled.read(), wanted.state, 1e-4);
  });
});

test("feeds depend on seed, step and batch alone, and the loss is the mean over samples", () => {
  const [one, other] = [stepOf(simple({ schedule })), stepOf(simple({ schedule }))];
  const { feeds } = one.prepare(batch, { seed: 5, step: 7 });
  expect(other.prepare(batch, { seed: 5, step: 7 }).feeds).toEqual(feeds);
  expect(other.prepare(batch, { seed: 5, step: 8 }).feeds.x).not.toEqual(feeds.x);
  const { loss, perSample } = once(one.program, { ...one.initialState(1), ...feeds });
  expect(loss![0]).toBeCloseTo(
    perSample!.reduce((sum, l) => sum + l / 4, 0),
    12,
  );
});

test("weight decay pulls weights, not fixed tables nor a learned schedule", () => {
  const model = mlp({ size: 2, width: 8, depth: 1, timeFeatures: 4, timeEmbeddingType: "fourier" });
  const objective = variationalDiffusion({ data: "real", schedule: learnedMonotone({ units: 4 }) });
  const strong = adam({ rate: 0.01, weightDecay: 10 });
  const weak = adam({ rate: 0.01 });
  const [pulled, free] = [strong, weak].map((optimiser) => {
    const step = trainingStep({ model, objective, optimiser, batch: 4 });
    const { feeds } = step.prepare(batch, { seed: 5, step: 0 });
    const next = once(step.program, { ...step.initialState(1), ...feeds })["next.parameters"]!;
    return unpackWeights(step.layout, Float32Array.from(next));
  });
  for (const name of Object.keys(free!).filter((n) => /^(schedule|time)/.test(n)))
    expect(pulled![name]).toEqual(free![name]);
  expect(pulled!["hidden.0.weight"]).not.toEqual(free!["hidden.0.weight"]);
});

test("a network that drops is fed masks of its own rate, new at every step", () => {
  const model = smallUnet({
    sampleSize: 4,
    inChannels: 1,
    blockOutChannels: [4, 8],
    normNumGroups: 2,
    dropout: 0.25,
  });
  const step = trainingStep({ model, objective: simple({ schedule }), optimiser, batch: 4 });
  const images = { data: new Float32Array(64), count: 4 };
  const masks = (k: number) =>
    Object.entries(step.prepare(images, { seed: 1, step: k }).feeds).filter(([name]) =>
      name.startsWith("dropout."),
    );
  const values = masks(0).flatMap(([, mask]) => Array.from(mask));
  expect(masks(0).length).toBeGreaterThan(1);
  expect(new Set(values)).toEqual(new Set([0, Math.fround(4 / 3)]));
  const share = values.filter((value) => value === 0).length / values.length;
  expect(Math.abs(share - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / values.length));
  expect(masks(1)).not.toEqual(masks(0));
  expect(masks(0)).toEqual(masks(0));
});

test("a batch that does not fit is refused with what is wanted", () => {
  const step = stepOf(simple({ schedule }));
  const at = { seed: 1, step: 0 };
  expect(() => step.prepare({ ...batch, count: 3 }, at)).toThrow(
    "the batch must have 4 samples, got 3",
  );
  expect(() => step.prepare({ data: new Float32Array(7), count: 4 }, at)).toThrow(
    "data must have 8 values, 4 of [2], got 7",
  );
});
