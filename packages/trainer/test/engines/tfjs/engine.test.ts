import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { tfjsCpu, tfjsWasm } from "../../../src/engines/tfjs/candidates.ts";
import { STATE, tinyFeeds, tinyState, tinyStep } from "../../support/tiny-step.ts";

test.each([tfjsCpu, tfjsWasm])(
  "$name keeps no tensor but the state, however many steps",
  async ({ open }) => {
    const before = tf.memory().numTensors;
    const engine = await open({});
    const { program } = tinyStep(1);
    const step = await engine.compile(program, { state: STATE });
    await step.load(tinyState());
    await step.run(tinyFeeds(1, 0));
    const { numTensors, numBytes } = tf.memory();
    for (let i = 1; i < 8; i++) await step.run(tinyFeeds(1, i));
    expect(tf.memory()).toMatchObject({ numTensors, numBytes });
    await step.load(tinyState());
    await step.read();
    expect(tf.memory()).toMatchObject({ numTensors, numBytes });
    await engine.dispose();
    expect(tf.memory().numTensors).toBe(before);
  },
);

test("each engine runs on its own backend, though another was opened since", async () => {
  const wasm = await tfjsWasm.open({});
  const { program } = tinyStep(1);
  const step = await wasm.compile(program, { state: STATE });
  await step.load(tinyState());
  await (await tfjsCpu.open({})).dispose();
  expect(tf.getBackend()).toBe("cpu");
  await step.run(tinyFeeds(1, 0));
  expect(tf.getBackend()).toBe("wasm");
  await wasm.dispose();
});
