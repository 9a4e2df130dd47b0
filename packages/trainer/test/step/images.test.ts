import { discreteSchedule } from "@symbreak/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  adam,
  classification,
  type Engine,
  hybrid,
  learnedMonotone,
  noisyClassifier,
  smallUnet,
  trainingStep,
  variationalDiffusion,
} from "../../src/index.ts";
import { onnxruntimeNode } from "../../src/node/engines/onnxruntime-node.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await onnxruntimeNode.open({ threads: 2, workers: 2, blocked: false });
});
afterAll(() => engine.dispose());

const schedule = discreteSchedule({ steps: 50 });
const small = { sampleSize: 8, inChannels: 1, blockOutChannels: [8, 8], normNumGroups: 2 };

test.each([
  { model: smallUnet({ ...small, outChannels: 2 }), objective: hybrid({ schedule }) },
  {
    model: smallUnet(small),
    objective: variationalDiffusion({ schedule: learnedMonotone({ units: 8 }), timeScale: 1000 }),
  },
  { model: noisyClassifier({ ...small, classes: 3 }), objective: classification({ schedule }) },
])("ten steps on the same four images lower the loss: $objective.name", async (parts) => {
  const step = trainingStep({ ...parts, optimiser: adam({ rate: 3e-3 }), batch: 4 });
  const compiled = await engine.compile(step.program, step);
  await compiled.load(step.initialState(1));
  const data = Float32Array.from({ length: 256 }, (_, i) =>
    Math.fround((Math.round((Math.sin(i) + 1) * 127.5) * 2) / 255 - 1),
  );
  const batch = { data, labels: Int32Array.of(0, 1, 2, 1), count: 4 };
  // The same noise and times at every step: only the weights change.
  const { feeds } = step.prepare(batch, { seed: 2, step: 0 });
  const losses: number[] = [];
  for (let k = 0; k < 10; k++) losses.push((await compiled.run(feeds)).loss![0]!);
  await compiled.dispose();
  expect(losses.at(-1)!).toBeLessThan(0.9 * losses[0]!);
});
