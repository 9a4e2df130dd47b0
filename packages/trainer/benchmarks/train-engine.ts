/**
 * One engine of train.ts in a process of its own: a training step for every line on stdin, its milliseconds on stdout.
 * The first line on stdout says what runs.
 */
import { createInterface } from "node:readline";
import { sizeOf } from "@symbreak/graph";
import { adamScalars, type StepConfig } from "../../graph/scripts/training-step.ts";
import { type SelectOptions, selectEngine } from "../src/engines/index.ts";
import { nodeEngines } from "../src/node/engines/candidates.ts";
import { parallelStep } from "./training-step.ts";

const [config, options] = process.argv.slice(2).map((text) => JSON.parse(text)) as [
  StepConfig,
  SelectOptions,
];
const { program, parallel } = parallelStep(config);
const engine = await selectEngine(nodeEngines, options).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
const state = { "next.parameters": "parameters", "next.m": "m", "next.v": "v" };
const step = await engine.compile(program, { state, parallel });
const values = (name: string, scale: number): Float32Array =>
  Float32Array.from(
    { length: sizeOf(program.inputs[name]!.shape) },
    () => scale * (2 * Math.random() - 1),
  );
await step.load({ parameters: values("parameters", 0.05), m: values("m", 0), v: values("v", 0) });
const feeds = { x: values("x", 1), noise: values("noise", 1), t: values("t", 500) };
console.log(step.description);

let count = 0;
for await (const _ of createInterface(process.stdin)) {
  const start = performance.now();
  const { rate, epsilon } = adamScalars(++count);
  await step.run({ ...feeds, rate: Float32Array.of(rate), epsilon: Float32Array.of(epsilon) });
  console.log(performance.now() - start);
}
await engine.dispose();
