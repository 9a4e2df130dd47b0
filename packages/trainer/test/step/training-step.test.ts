import { discreteSchedule } from "@symbreak/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Engine } from "../../src/index.ts";
import { adam, mlp, simple, trainingStep } from "../../src/index.ts";
import { onnxruntimeNode } from "../../src/node/engines/onnxruntime-node.ts";
import { expectClose } from "../support/close.ts";
import { interpreted } from "../support/interpreted.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await onnxruntimeNode.open({ threads: 2, workers: 2, blocked: false });
});
afterAll(() => engine.dispose());

const schedule = discreteSchedule({ steps: 20 });
const data = Float32Array.from({ length: 8 }, (_, i) => Math.sin(i));
const tiny = () =>
  trainingStep({
    model: mlp({ size: 2, width: 8, depth: 1, timeFeatures: 4 }),
    objective: simple({ schedule }),
    optimiser: adam({ rate: 0.01, average: 0.9, clip: 0.5 }),
    batch: 4,
  });

test("a step on two workers is the step in double precision", async () => {
  const step = tiny();
  const start = step.initialState(3);
  const feeds = [0, 1, 2].map((k) => step.prepare({ data, count: 4 }, { seed: 5, step: k }).feeds);
  const wanted = interpreted(step.program, step.state, start, feeds);
  const compiled = await engine.compile(step.program, step);
  expect(compiled.description).toContain("2 workers");
  await compiled.load(start);
  for (const [i, fed] of feeds.entries()) expectClose(await compiled.run(fed), wanted.outputs[i]!);
  expectClose(await compiled.read(), wanted.state);
});
