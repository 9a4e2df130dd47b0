/**
 * Times a whole training step of a U-Net (forward, backward, Adam) on onnxruntime-node, with public operators and with
 * blocked convolutions, beside the same network in PyTorch; all in turn, step by step, so that they meet the same machine.
 *
 *   node --conditions=source scripts/train-step.ts --python python3 --threads 2 --steps 9
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { findBlockSize, type OnnxOptions, sizeOf, toOnnx } from "../src/index.ts";
import { adamScalars, type StepConfig, trainingStep } from "./training-step.ts";

const { values: options } = parseArgs({
  options: {
    batch: { type: "string", default: "32" },
    threads: { type: "string", default: "2" },
    base: { type: "string", default: "32" },
    image: { type: "string", default: "1" },
    size: { type: "string", default: "28" },
    steps: { type: "string", default: "9" },
    python: { type: "string" },
  },
});
const number = (name: "batch" | "threads" | "base" | "image" | "size" | "steps"): number =>
  Number(options[name]);
const threads = number("threads");
const config: StepConfig = {
  batch: number("batch"),
  base: number("base"),
  image: number("image"),
  size: number("size"),
  groups: 8,
};
const program = trainingStep(config);

/** One training step, in milliseconds. */
type Step = () => Promise<number>;

const sessionOptions: InferenceSession.SessionOptions = {
  intraOpNumThreads: threads,
  // Threads that spin after a run would take the processor from whoever is next.
  extra: { session: { force_spinning_stop: "1" } },
};

async function onnxruntime(onnx: OnnxOptions): Promise<Step> {
  const session = await InferenceSession.create(toOnnx(program, onnx), sessionOptions);
  const state = Object.entries(program.inputs).map(([name, { shape }]) => {
    const scale = { parameters: 0.05, m: 0, v: 0, t: 500 }[name] ?? 1;
    const data = Float32Array.from(
      { length: sizeOf(shape) },
      () => scale * (2 * Math.random() - 1),
    );
    return [name, new Tensor("float32", data, shape)] as const;
  });
  const feeds: Record<string, Tensor> = Object.fromEntries(state);
  let count = 0;
  return async () => {
    const start = performance.now();
    const scalars = Object.entries(adamScalars(++count));
    for (const [name, value] of scalars) feeds[name] = new Tensor("float32", [value], []);
    const results = (await session.run(feeds)) as Record<string, Tensor>;
    for (const name of ["parameters", "m", "v"]) feeds[name] = results[`next.${name}`]!;
    return performance.now() - start;
  };
}

const stops: (() => void)[] = [];

async function pytorch(python: string): Promise<Step> {
  const { batch, base, image, size } = config;
  const args = [`${import.meta.dirname}/train_step.py`, batch, threads, base, image, size].map(
    String,
  );
  const env = { ...process.env, OMP_WAIT_POLICY: "PASSIVE" };
  const peer = spawn(python, args, { stdio: ["pipe", "pipe", "inherit"], env });
  const lines = createInterface(peer.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<number> => Number((await lines.next()).value);
  const [theirs, ours] = [await next(), sizeOf(program.inputs.parameters!.shape)];
  if (theirs !== ours) throw new Error(`PyTorch's network has ${theirs} parameters, ours ${ours}`);
  stops.push(() => peer.stdin.end());
  return () => {
    peer.stdin.write("\n");
    return next();
  };
}

const blockSize = await findBlockSize(async (model, inputs) => {
  const session = await InferenceSession.create(model, sessionOptions);
  const feeds = Object.entries(inputs).map(([name, { data, shape }]) => [
    name,
    new Tensor(data, shape),
  ]);
  const results = (await session.run(Object.fromEntries(feeds))) as Record<string, Tensor>;
  return Object.fromEntries(
    Object.entries(results).map(([name, t]) => [name, t.data as Float32Array]),
  );
});
const runners: Record<string, Step> = { public: await onnxruntime({}) };
if (blockSize) runners[`blocked by ${blockSize.channels}`] = await onnxruntime({ blockSize });
if (options.python) runners.PyTorch = await pytorch(options.python);

const times: Record<string, number[]> = {};
const WARM_UP = 2;
for (let round = 0; round < WARM_UP + number("steps"); round++) {
  for (const [name, step] of Object.entries(runners)) {
    const time = await step();
    if (round >= WARM_UP) times[name] = [...(times[name] ?? []), time];
  }
}

for (const stop of stops) stop();

const median = (x: readonly number[]): number => x.toSorted((a, b) => a - b)[x.length >> 1]!;
const parameters = sizeOf(program.inputs.parameters!.shape);
console.log(
  `${parameters} parameters, ${config.image}×${config.size}×${config.size}, batch ${config.batch}, ${threads} threads`,
);
for (const [name, list] of Object.entries(times)) {
  const ms = median(list);
  const spread = `${Math.min(...list).toFixed(0)}–${Math.max(...list).toFixed(0)}`;
  const ratio = times.PyTorch ? `, ${(median(times.PyTorch) / ms).toFixed(2)} × PyTorch` : "";
  console.log(
    `${name.padEnd(14)} ${ms.toFixed(0)} ms (${spread}), ${((1000 * config.batch) / ms).toFixed(1)} images/s${ratio}`,
  );
}
