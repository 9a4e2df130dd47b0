import { gather, input, mean, program, sub, type Tensor } from "@symbreak/graph";
import { expect, test } from "vitest";
import { onnxruntimeNode } from "../../../src/node/engines/onnxruntime-node.ts";
import { expectClose } from "../../support/close.ts";
import { STATE, tinyFeeds, tinyState, tinyStep } from "../../support/tiny-step.ts";

test("two workers with half the batch each train as one with the whole batch", async () => {
  const { program, parallel } = tinyStep(6);
  const runs = [];
  for (const workers of [1, 2]) {
    const engine = await onnxruntimeNode.open({ threads: 2, workers });
    const step = await engine.compile(program, { state: STATE, parallel });
    await step.load(tinyState());
    const outputs = [await step.run(tinyFeeds(6, 0)), await step.run(tinyFeeds(6, 1))];
    runs.push({ outputs, state: await step.read(), description: step.description });
    await engine.dispose();
  }
  const [alone, together] = runs as [(typeof runs)[0], (typeof runs)[0]];
  for (const [i, outputs] of together.outputs.entries())
    expectClose(outputs, alone.outputs[i]!, 1e-5);
  expectClose(together.state, alone.state, 1e-5);
  expect(alone.description).toContain("cpu, 2 threads");
  expect(together.description).toContain("2 workers with 1 thread each");
});

test("a batch that the workers cannot share is run by one, and the description says so", async () => {
  const { program, parallel } = tinyStep(3);
  const engine = await onnxruntimeNode.open({ threads: 2, workers: 2 });
  const step = await engine.compile(program, { state: STATE, parallel });
  expect(step.description).toContain("cpu, 2 threads");
  await engine.dispose();
});

test("one worker's failure is reported with its reason, and the other does not wait for it", async () => {
  const table = input("table", [4]);
  const picked = (n: number): Tensor => gather(table, input("rows", [n], "int32"));
  const step = (gradient: Tensor): Tensor => sub(table, gradient);
  const engine = await onnxruntimeNode.open({ threads: 2, workers: 2 });
  const compiled = await engine.compile(program({ next: step(mean(picked(2))) }), {
    state: { next: "table" },
    parallel: () => ({
      gradients: program({ gradient: mean(picked(1)) }),
      update: program({ next: step(input("gradient", [])) }),
    }),
  });
  await compiled.load({ table: Float32Array.of(1, 2, 3, 4) });
  await compiled.run({ rows: Int32Array.of(0, 1) });
  expect(await compiled.read()).toEqual({ table: Float32Array.of(-0.5, 0.5, 1.5, 2.5) });
  const outOfBounds = { rows: Int32Array.of(0, 7) };
  await expect(compiled.run(outOfBounds)).rejects.toThrow("out of data bounds");
  await engine.dispose();
});

test("a worker that is gone is an error", async () => {
  const { program, parallel } = tinyStep(4);
  const engine = await onnxruntimeNode.open({ threads: 2, workers: 2 });
  const step = await engine.compile(program, { state: STATE, parallel });
  await step.load(tinyState());
  await engine.dispose();
  await expect(step.run(tinyFeeds(4, 0))).rejects.toThrow("worker of onnxruntime-node has ended");
});
